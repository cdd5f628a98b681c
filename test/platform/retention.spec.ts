import { randomUUID } from 'node:crypto';
import type { Database } from '#src/platform/database/database';
import { OVER_MEMORIES } from '#src/platform/chats/memories';
import { type Admission, store } from '#src/platform/inbox/admit';
import { READ_BODIES } from '#src/platform/inbox/read-bodies';
import { newTrace } from '#src/platform/logging/trace';
import { type Forgotten, Retention } from '#src/platform/retention/retention';
import { OVER_SIGN_INS } from '#src/people/over-sign-ins';
import { openDatabase } from '#test/support/database';

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

describe('Forgetting what is of no use any more', () => {
  let database: Database;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ database, close } = await openDatabase());
  }, 60_000);
  afterAll(() => close());

  it('forgets the words of what was handled a month ago, and never that it was heard', async () => {
    const instance = randomUUID();
    await heard(instance, 'old', 31);
    await heard(instance, 'young', 29);

    expect(await retention(READ_BODIES).forget()).toBe(1);

    expect(await bodies(instance)).toEqual({ old: false, young: true });
    expect(await store(database, [admission(instance, 'old')])).toEqual(new Set());
  });

  it('keeps whole what nobody could handle, and what still waits, however old it is', async () => {
    const instance = randomUUID();
    await heard(instance, 'quarantined', 400, 'quarantined');
    await heard(instance, 'waiting', 400, 'waiting');

    expect(await retention(READ_BODIES).forget()).toBe(0);

    expect(await bodies(instance)).toEqual({ quarantined: true, waiting: true });
  });

  it('forgets more than a lot at once holds', async () => {
    const instance = randomUUID();
    for (let n = 0; n < 7; n++) await heard(instance, `e${n}`, 40 + n);

    expect(await retention(READ_BODIES).forget()).toBe(7);
  });

  it('goes on with the others where one rule fails', async () => {
    const instance = randomUUID();
    await heard(instance, 'old', 31);
    const broken: Forgotten = { what: 'nothing', statement: 'delete from no_such_table where $1' };

    expect(await retention(broken, READ_BODIES).forget()).toBe(1);
  });

  it('forgets what an adapter wished to have remembered for a while, once that is over', async () => {
    const instance = randomUUID();
    await database.query(
      `insert into chat_memory (instance, key, value, expires_at) values
         ($1, 'over', '', clock_timestamp() - interval '1 second'), ($1, 'later', '', clock_timestamp() + interval '1 hour'), ($1, 'for ever', '', null)`,
      [instance],
    );

    await retention(OVER_MEMORIES).forget();

    const left = await database.query<{ key: string }>('select key from chat_memory where instance = $1 order by key', [instance]);
    expect(left.map(({ key }) => key)).toEqual(['for ever', 'later']);
  });

  it('forgets sessions and links by which nobody has been able to sign in for a month, but not what a guest was shown', async () => {
    const [ana] = await database.query<{ id: string }>(`insert into person (id, name, role) values ($1, 'Ana', 'responder') returning id`, [
      randomUUID(),
    ]);
    await session('over', ana?.id, 31);
    await session('just over', ana?.id, 29);
    await session('a guest', ana?.id, 31);
    // Only that it names an incident matters here, not which.
    await database.query(
      `set session_replication_role = replica; update session set incident_id = '${randomUUID()}' where token_hash = 'a guest'; set session_replication_role = default`,
    );
    await database.query(
      `insert into sign_in_link (token_hash, purpose, expires_at) values ('\\x01', 'admin', clock_timestamp() - interval '31 days'), ('\\x02', 'admin', clock_timestamp())`,
    );

    expect(await retention(...OVER_SIGN_INS).forget()).toBe(2);

    expect(await database.query(`select convert_from(token_hash, 'utf8') as name from session order by 1`)).toEqual([
      { name: 'a guest' },
      { name: 'just over' },
    ]);
    expect(await database.query('select 1 from sign_in_link')).toHaveLength(1);
  });

  const retention = (...rules: readonly Forgotten[]): Retention => {
    const made = new Retention(database, quiet, 3);
    made.add(...rules);
    return made;
  };

  async function heard(instance: string, id: string, daysAgo: number, status = 'done'): Promise<void> {
    await store(database, [admission(instance, id)]);
    await database.query(
      `update inbox set status = $3, admitted_at = clock_timestamp() - make_interval(days => $4) where instance = $1 and envelope_id = $2`,
      [instance, id, status, daysAgo],
    );
  }

  async function bodies(instance: string): Promise<Record<string, boolean>> {
    const found = await database.query<{ id: string; kept: boolean }>(
      'select envelope_id as id, body is not null as kept from inbox where instance = $1',
      [instance],
    );
    return Object.fromEntries(found.map(({ id, kept }) => [id, kept]));
  }

  async function session(name: string, person: string | undefined, daysAgo: number): Promise<void> {
    await database.query(
      `insert into session (token_hash, person_id, expires_at) values (convert_to($1, 'utf8'), $2, clock_timestamp() - make_interval(days => $3))`,
      [name, person, daysAgo],
    );
  }
});

const admission = (instance: string, id: string): Admission => ({
  instance,
  gapId: null,
  trace: newTrace(),
  envelope: { id, lane: 'one', at: Date.now(), redelivery: 0, event: { type: 'unknown', name: id } },
});
