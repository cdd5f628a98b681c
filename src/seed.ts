import { parseArgs } from 'node:util';
import { DataSource } from 'typeorm';
import { storeOf } from '#src/artifacts/store/store-of';
import { readConfig } from '#src/platform/config/config';
import { environment } from '#src/platform/config/environment';
import { Database } from '#src/platform/database/database';
import { dataSourceOptions } from '#src/platform/database/data-source';
import { migrate } from '#src/platform/database/migrate';
import { program } from '#src/platform/processes/program';
import { reachDatabase } from '#src/platform/processes/reach-database';
import { Refusal } from '#src/platform/processes/refusal';
import { seedMany } from '#src/seed/seed-many';
import { seedOrganisation } from '#src/seed/seed-organisation';

const USAGE = 'npm run seed -- [--seed NUMBER] [--incidents 100] [--many NUMBER] [--among-real-ones]';

/** `npm run seed`: an organisation to look at, to develop on and to measure with, whether Muster runs here or not. */
export const seed = (given: readonly string[]): Promise<void> =>
  program(async () => {
    const ask = asked(given);
    const config = readConfig(environment);
    const { url, dataDir, close } = await reachDatabase(config);
    try {
      await migrate(url);
      const source = await new DataSource(dataSourceOptions(url, 2)).initialize();
      try {
        const database = new Database(source);
        if (!ask.amongRealOnes) await refuseRealOnes(database);
        const store = storeOf({ ...config, MUSTER_DATA: dataDir });
        const { people, incidents, events, live } = await seedOrganisation(database, store, ask);
        console.log(
          `Seeded: ${people} people, ${incidents} incidents of a year with ${events} events, and ${live}, which is going on now.`,
        );
        if (ask.many > 0) {
          const { big, events: more } = await seedMany(url, { ...ask, incidents: ask.many, messages: ask.many });
          console.log(`And for measuring: ${ask.many} incidents with ${more} events; ${big} has ${ask.many} messages.`);
        }
        console.log(`Look at ${new URL(`/i/${live}`, config.PUBLIC_URL).href}. To sign in: npm run sign-in.`);
      } finally {
        await source.destroy();
      }
    } finally {
      await close();
    }
  });

function asked(given: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...given],
      options: {
        seed: { type: 'string', default: '1' },
        incidents: { type: 'string', default: '100' },
        many: { type: 'string', default: '0' },
        'among-real-ones': { type: 'boolean', default: false },
      },
    });
    const numbers = { seed: Number(values.seed), incidents: Number(values.incidents), many: Number(values.many) };
    if (!Object.values(numbers).every((number) => Number.isSafeInteger(number) && number >= 0 && number <= 1_000_000)) throw new Error();
    return { ...numbers, incidents: Math.max(1, numbers.incidents), now: new Date(), amongRealOnes: values['among-real-ones'] };
  } catch {
    throw new Refusal(USAGE);
  }
}

/** What people really lived through is not mixed with what never happened. */
async function refuseRealOnes(database: Database): Promise<void> {
  const [real] = await database.query<{ reference: string }>(
    `select reference from incident where practice_instance is null order by declared_at limit 1`,
  );
  if (!real) return;
  throw new Refusal(
    `There are incidents here already (${real.reference} is the first). Nothing was changed. To try things out, use a data folder of its own: MUSTER_DATA=/some/where npm run seed. To put the seed among them: npm run seed -- --among-real-ones`,
  );
}
