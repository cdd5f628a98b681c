import { DataSource } from 'typeorm';
import { dataSourceOptions } from '#src/platform/database/data-source';
import { Database } from '#src/platform/database/database';
import { FaultProxy } from '#test/chaos/processes/fault-proxy';
import { freshDatabase } from '#test/support/database';

const CONNECTIONS = 2;
const NO_ANSWER_MS = 300;

/** Bad minutes for real processes, seed 200: a web whose connections were half-open answered nobody for as long as it lived. */
describe('A line to the database that is dead at its other end', () => {
  let drop: () => Promise<void>;
  let proxy: FaultProxy;
  let source: DataSource;
  let database: Database;

  beforeEach(async () => {
    const fresh = await freshDatabase();
    drop = fresh.drop;
    const url = new URL(fresh.url);
    proxy = await FaultProxy.before([Number(url.port)]);
    url.host = `127.0.0.1:${proxy.port}`;
    const options = dataSourceOptions(url.href, CONNECTIONS);
    source = await new DataSource({
      ...options,
      extra: { ...(options.extra as object), query_timeout: NO_ANSWER_MS },
    } as typeof options).initialize();
    database = new Database(source);
    await allAtOnce(() => database.query('select 1'));
  });

  afterEach(async () => {
    await source.destroy();
    await proxy.close();
    await drop();
  });

  const allAtOnce = (ask: () => Promise<unknown>): Promise<PromiseSettledResult<unknown>[]> =>
    Promise.allSettled(Array.from({ length: CONNECTIONS }, ask));

  it('is given up after it was silent once, and the next question goes by another', async () => {
    proxy.halfOpen();

    const first = await allAtOnce(() => database.query('select 1'));

    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await database.query('select 2 as two')).toEqual([{ two: 2 }]);
  });

  it('is given up after it was silent in a transaction', async () => {
    const writes = () => database.transaction((tx) => tx.query('select 1'));
    proxy.halfOpen();

    const first = await allAtOnce(writes);

    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await database.transaction((tx) => tx.query('select 2 as two'))).toEqual([{ two: 2 }]);
  });
});
