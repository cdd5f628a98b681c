import type { ArtifactStore } from '#src/artifacts/artifact-store.types';
import { adoptIncident } from '#src/export/adopting.service';
import type { Database } from '#src/platform/database/database';
import { uuidFor } from '#src/platform/log/uuid-for';
import { Refusal } from '#src/platform/processes/refusal';
import { castOf, type Member } from './cast.ts';
import { Chance } from './chance.ts';
import { type SeededFile, liveIncident } from './live-incident.ts';
import { pastIncident } from './past-incident.ts';
import type { RoomStory } from './room-story.ts';

export interface ToSeed {
  /** The same number makes the same organisation. */
  readonly seed: number;
  readonly now: Date;
  /** How many incidents a year has. */
  readonly incidents: number;
}

export interface Seeded {
  readonly people: number;
  readonly incidents: number;
  readonly events: number;
  /** What is going on now. */
  readonly live: string;
}

const DAY_MS = 86_400_000;
/** Of the last days, still open beside the live one. */
const OPEN_DAYS_AGO = [0.15, 0.9, 2.4];

/**
 * An organisation of forty people with a year of incidents behind it, and a SEV1 going on now. Each incident is a log, and
 * everything else follows from it as it does for an imported one: nobody outside is told.
 *
 * @throws Refusal when it is here already
 */
export async function seedOrganisation(database: Database, store: Pick<ArtifactStore, 'put'>, ask: ToSeed): Promise<Seeded> {
  const cast = castOf(ask.seed);
  const { stories, live, files } = storiesOf(cast, ask, await nextNumber(database));
  const [again] = await database.query('select 1 from incident where id = $1', [live.id]);
  if (again)
    throw new Refusal(
      `The seed ${ask.seed} is here already. Nothing was changed. Choose another number: npm run seed -- --seed ${ask.seed + 1}`,
    );

  await addPeople(database, cast);
  for (const { id, bytes } of files) await store.put(id, oneOf(bytes));
  for (const { id, reference, events } of stories) await database.transaction((tx) => adoptIncident(tx, { id, reference, events }));
  const events = stories.reduce((sum, story) => sum + story.events.length, 0);
  return { people: cast.length, incidents: stories.length, events, live: live.reference };
}

/** In the order in which they were declared, as their numbers are. */
function storiesOf(
  cast: readonly Member[],
  { seed, now, incidents }: ToSeed,
  first: number,
): { stories: RoomStory[]; live: RoomStory; files: SeededFile[] } {
  const chance = new Chance(seed);
  let number = first;
  const reference = (): string => `INC-${number++}`;
  const stories: RoomStory[] = [];
  const openAges = OPEN_DAYS_AGO.slice(0, Math.max(0, incidents - 1));
  const ages = Array.from({ length: Math.max(0, incidents - 1 - openAges.length) }, () => 3 + chance.next() * 361);
  for (const age of [...ages, ...openAges].sort((a, b) => b - a)) {
    if (stories.length >= incidents - 1) break;
    const isOpen = openAges.includes(age);
    const id = (name: string): string => uuidFor('seed', String(seed), name, String(age));
    stories.push(...pastIncident({ id, reference, people: cast, chance, at: new Date(now.getTime() - age * DAY_MS), isOpen }));
  }
  const { story: live, files } = liveIncident(uuidFor('seed', String(seed), 'live'), reference(), cast, now);
  return { stories: [...stories, live], live, files };
}

async function nextNumber(database: Database): Promise<number> {
  const [row] = await database.query<{ next: number }>('select incidents + 1 as next from organisation');
  return row?.next ?? 1;
}

async function addPeople(database: Database, cast: readonly Member[]): Promise<void> {
  for (const { id, name, role } of cast)
    await database.query('insert into person (id, name, role) values ($1, $2, $3) on conflict do nothing', [id, name, role]);
}

async function* oneOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(bytes);
}
