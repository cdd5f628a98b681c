import { DataSource } from 'typeorm';
import { dataSourceOptions } from '#src/platform/database/data-source';
import { Database, rows } from '#src/platform/database/database';
import { freshDatabase } from '#test/support/database';

const CONNECTIONS = 8;
const OFTEN = 10;

describe('A statement that is asked all day', () => {
  let drop: () => Promise<void>;
  let source: DataSource;
  let database: Database;

  beforeEach(async () => {
    const fresh = await freshDatabase();
    drop = fresh.drop;
    source = await new DataSource(dataSourceOptions(fresh.url, CONNECTIONS)).initialize();
    database = new Database(source);
    await database.query('create table said (words text)');
    await database.query(`insert into said values ('hello')`);
  });

  afterEach(async () => {
    await source.destroy();
    await drop();
  });

  const ask = 'select * from said where words = $1';
  const kept = (text: string): Promise<unknown[]> =>
    database.query(`select 1 from pg_prepared_statements where statement = '${text.replaceAll(`'`, `''`)}'`);
  const often = async (): Promise<void> => {
    // All at once, each on a connection of its own, so that every one of them has the plan.
    for (let n = 0; n < OFTEN; n++) await Promise.all(Array.from({ length: CONNECTIONS }, () => database.query(ask, ['hello'])));
  };

  it('is planned once', async () => {
    await often();
    expect(await kept(ask)).toHaveLength(1);
  });

  it('is not kept where it is asked once in a while', async () => {
    await database.query(`select words, 'once' from said where words = $1`, ['hello']);
    expect(await kept(`select words, 'once' from said where words = $1`)).toHaveLength(0);
  });

  it('goes on when an upgrade beside it changes what it answers', async () => {
    await often();
    await database.query('alter table said add column at int default 7');
    expect(await database.query(ask, ['hello'])).toEqual([{ words: 'hello', at: 7 }]);
  });

  it('and so does the transaction that it stands in', async () => {
    await often();
    await database.query('alter table said add column at int default 7');
    const added = await database.transaction(async (tx) => {
      await tx.query(`insert into said (words) values ('new')`);
      return rows(tx, ask, ['new']);
    });
    expect(added).toEqual([{ words: 'new', at: 7 }]);
    expect(await database.query(`select 1 from said where words = 'new'`)).toHaveLength(1);
  });
});
