import { randomUUID } from 'node:crypto';
import type { Envelope } from '@musterhq/chat-port';
import fc from 'fast-check';
import { type Database, type Tx, rows } from '#src/platform/database/database';
import { Doorbell } from '#src/platform/doorbell/doorbell';
import { store } from '#src/platform/inbox/admit';
import { Inbox } from '#src/platform/inbox/inbox';
import { type InboxHandler, type InboxItem, NotYet } from '#src/platform/inbox/inbox.types';
import { InboxWorker } from '#src/platform/inbox/inbox-worker';
import { toldOf } from '#src/platform/inbox/lanes';
import { WaitingInPostgres } from '#src/platform/inbox/waiting-items';
import { finishInteraction, takeAbandoned } from '#src/platform/inbox/interactions';
import { StreamLog } from '#src/platform/log/log';
import { openDatabase } from '#test/support/database';
import { until } from '#test/support/until';

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

describe('Keeping what chats tell us', () => {
  let database: Database;
  let close: () => Promise<void>;
  let doorbell: Doorbell;
  const workers: InboxWorker[] = [];

  beforeAll(async () => {
    let url: string;
    ({ database, close, url } = await openDatabase());
    doorbell = new Doorbell(url);
    await database.query('create table handled (n serial, instance text, lane text, id text)');
  }, 60_000);
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  });
  afterAll(() => close());

  it('keeps an envelope once, however often, in whatever company and over however many doors at once it comes', async () => {
    const instance = randomUUID();
    const doors = [inbox(), inbox(), inbox()];
    const all = Array.from({ length: 12 }, (_, n) => event(`e${n}`, `lane ${n % 3}`));

    const fresh = await Promise.all(
      doors.flatMap((door) => [door.admit(instance, all), door.admit(instance, [...all].reverse()), door.admit(instance, all.slice(3, 7))]),
    );

    expect(await stored(instance)).toHaveLength(12);
    expect(fresh.flatMap((ids) => [...ids]).sort()).toEqual(all.map(({ id }) => id).sort());
  });

  it('goes on in a lane though two doors took a number for the same envelope', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 5 }),
        async (batches) => {
          const instance = randomUUID();
          await Promise.all(
            batches.map((ids) =>
              inbox().admit(
                instance,
                ids.map((n) => event(`e${n}`, 'one')),
              ),
            ),
          );
          const worker = work([recorder()]);

          await until('everything handled', () => isEmpty(instance));
          await worker.stop();

          const kept = await stored(instance);
          expect(await handled(instance)).toEqual(kept.map(({ envelope_id }) => envelope_id));
          expect(await behind(instance)).toBe(0);
        },
      ),
      { numRuns: 15 },
    );
  }, 60_000);

  it('handles each lane in the order in which it was admitted, whoever admits beside it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 40 }),
        async (said) => {
          const instance = randomUUID();
          const door = inbox();
          work([recorder()]);

          const perLane = new Map<string, string[]>();
          await Promise.all(
            said.map(([lane, many], n) => {
              const batch = Array.from({ length: many }, (_, m) => event(`${n}.${m}`, `lane ${lane}`));
              perLane.set(`lane ${lane}`, [...(perLane.get(`lane ${lane}`) ?? []), ...batch.map(({ id }) => id)]);
              return door.admit(instance, batch);
            }),
          );
          await until('everything handled', () => isEmpty(instance));

          for (const [lane, ids] of perLane) expect(await handled(instance, lane)).toEqual(ids);
          await Promise.all(workers.splice(0).map((worker) => worker.stop()));
        },
      ),
      { numRuns: 8 },
    );
  }, 60_000);

  it('says so when an envelope could not be kept, and then nothing of it is kept', async () => {
    const instance = randomUUID();
    const broken = { ...event('broken', 'one'), at: Number.NaN };

    await expect(inbox().admit(instance, [broken])).rejects.toThrow();

    expect(await stored(instance)).toEqual([]);
  });

  it('lets an envelope that cannot be kept cost only itself', async () => {
    const instance = randomUUID();
    const door = inbox();
    const ends = await Promise.allSettled([
      door.admit(instance, [event('a', 'one')]),
      door.admit(instance, [{ ...event('broken', 'one'), at: Number.NaN }]),
      door.admit(instance, [event('b', 'one')]),
      door.admit(instance, [event('c', 'two')]),
    ]);

    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect((await stored(instance)).map(({ envelope_id }) => envelope_id)).toEqual(['a', 'b', 'c']);
  });

  it('keeps a message with a NUL or half a character in it, with a mark in that place', async () => {
    const instance = randomUUID();

    await inbox().admit(instance, [event('strange', 'one', 'a\0b \ud800 c')]);

    expect(await database.query(`select body ->> 'name' as name from inbox where instance = $1`, [instance])).toEqual([
      { name: 'a\ufffdb \ufffd c' },
    ]);
  });

  it('puts what fails three times aside with its reason, tells of it once, and goes on with the next', async () => {
    const instance = randomUUID();
    const told: string[] = [];
    await inbox().admit(instance, [event('a', 'one'), event('poison', 'one'), event('b', 'one')]);

    work([
      recorder(({ envelopeId }) => {
        if (envelopeId === 'poison') throw new Error('cannot be read');
      }, told),
    ]);
    await hurry(instance);

    expect(await handled(instance)).toEqual(['a', 'b']);
    expect(await database.query(`select problem, claims from inbox where instance = $1 and status = 'quarantined'`, [instance])).toEqual([
      { problem: expect.stringMatching(/^Error, at .*inbox\.spec/) as string, claims: 4 },
    ]);
    expect(told).toEqual(['poison']);
  });

  it('puts it aside also when telling of it fails', async () => {
    const instance = randomUUID();
    await inbox().admit(instance, [event('poison', 'one'), event('b', 'one')]);
    const refusing: InboxHandler = {
      ...recorder(({ envelopeId }) => {
        if (envelopeId === 'poison') throw new Error('cannot be read');
      }),
      putAside: () => Promise.reject(new Error('nobody to tell')),
    };

    work([refusing]);
    await hurry(instance);

    expect(await handled(instance)).toEqual(['b']);
  });

  it('lets other lanes go on while one waits, and does not count the waiting', async () => {
    const instance = randomUUID();
    let ready = false;
    let waits = 0;
    await inbox().admit(instance, [event('w', 'waiting'), event('x', 'waiting'), event('a', 'other'), event('b', 'other')]);

    work([
      recorder(({ lane }) => {
        if (lane !== 'waiting' || ready) return;
        waits++;
        throw new NotYet('its room is being made');
      }),
    ]);
    await until('the other lane', async () => (await handled(instance, 'other')).length === 2);
    await until('more waits than attempts allowed', () => waits > 5);
    ready = true;
    await until('everything', () => isEmpty(instance));

    expect(await handled(instance, 'waiting')).toEqual(['w', 'x']);
    expect(await database.query(`select max(claims) as claims from inbox where instance = $1`, [instance])).toEqual([{ claims: 1 }]);
  });

  it('does not count it against an item that the database went away while it was handled', async () => {
    const instance = randomUUID();
    let times = 0;
    await inbox().admit(instance, [event('innocent', 'one')]);
    work([
      {
        types: ['unknown'],
        handle: async (tx) => {
          if (++times <= 4) await tx.query('select pg_terminate_backend(pg_backend_pid())');
        },
      },
      recorder(),
    ]);

    await hurry(instance);

    expect(times).toBe(5);
    expect(await handled(instance)).toEqual(['innocent']);
  });

  it('does not count it against an item that others held the lock that it needed', async () => {
    const instance = randomUUID();
    let times = 0;
    await inbox().admit(instance, [event('innocent', 'one')]);
    work([
      {
        types: ['unknown'],
        handle: async (tx) => {
          if (++times <= 6) await tx.query(`do $$ begin raise 'nobody gave the lock' using errcode = '55P03'; end $$`);
        },
      },
      recorder(),
    ]);

    await hurry(instance);

    expect(times).toBe(7);
    expect(await handled(instance)).toEqual(['innocent']);
  });

  it('puts an item aside at which the connection is lost every time, and goes on with the next', async () => {
    const instance = randomUUID();
    let times = 0;
    await inbox().admit(instance, [event('deadly', 'one'), event('next', 'one')]);
    work([
      {
        types: ['unknown'],
        handle: async (tx, { envelopeId }) => {
          if (envelopeId !== 'deadly') return;
          times++;
          await tx.query('select pg_terminate_backend(pg_backend_pid())');
        },
      },
      recorder(),
    ]);

    await hurry(instance);

    expect(times).toBe(23);
    expect(await handled(instance)).toEqual(['next']);
    expect(await database.query(`select envelope_id from inbox where instance = $1 and status = 'quarantined'`, [instance])).toEqual([
      { envelope_id: 'deadly' },
    ]);
  });

  it('counts it against an item that what we asked for it was no sentence of the protocol', async () => {
    const instance = randomUUID();
    await inbox().admit(instance, [event('senseless', 'one')]);
    work([
      recorder(() => {
        throw Object.assign(new Error('invalid message format'), { code: '08P01' });
      }),
    ]);

    await hurry(instance);

    expect(await database.query(`select status from inbox where instance = $1`, [instance])).toEqual([{ status: 'quarantined' }]);
  });

  it('is not read from its beginning to find what was told of one room', async () => {
    await database.query(
      `insert into inbox (instance, tenant, envelope_id, lane, seq, kind, occurred_at)
       select 'long', 'T', 'L' || n % 100 || ':' || n, 'L' || n % 100, n, 'event', now() from generate_series(1, 20000) n`,
    );
    await database.query(`insert into inbox_lane (instance, tenant, lane) select 'long', 'T', 'L' || n from generate_series(0, 99) n`);
    await database.query('vacuum analyze inbox, inbox_lane');

    const about = (what: string) => `${what} from inbox where ${toldOf('$1', '$2', '$3')}`;
    const [told] = await database.query(about('select count(*)::int as n'), ['long', 'T', 'L77']);
    const plan = await database.query<Record<string, string>>(about('explain select 1'), ['long', 'T', 'L77']);

    expect(told).toEqual({ n: 200 });
    expect(JSON.stringify(plan)).toContain('inbox_in_order');
    expect(JSON.stringify(plan)).not.toMatch(/Seq Scan on inbox["\s]/);
  });

  it('handles a small lane soon though four others have much to do', async () => {
    const instance = randomUUID();
    const many = Array.from({ length: 4 }, (_, lane) =>
      Array.from({ length: 300 }, (_, n) => event(`${lane}.${n}`, `busy ${lane}`)),
    ).flat();
    await inbox().admit(instance, many);
    work([recorder()]);
    await until('all four are busy', async () =>
      (await Promise.all([0, 1, 2, 3].map((lane) => handled(instance, `busy ${lane}`)))).every(({ length }) => length > 0),
    );

    await inbox().admit(instance, [event('small', 'small')]);
    await until('the small one', async () => (await handled(instance, 'small')).length === 1, 30_000);

    expect(await behind(instance)).toBeGreaterThan(0);
  }, 60_000);

  it('handles what comes while an item of another lane takes long', async () => {
    const instance = randomUUID();
    let goOn = (): void => undefined;
    const long = new Promise<void>((resolve) => (goOn = resolve));
    const { handle } = recorder();
    work([{ types: ['unknown'], prepare: (item) => (item.lane === 'long' ? long : Promise.resolve()), handle }]);
    await inbox().admit(instance, [event('long', 'long')]);
    await until(
      'it is begun',
      async () => (await database.query('select 1 from inbox where instance = $1 and claims = 1', [instance])).length === 1,
    );

    await inbox().admit(instance, [event('other', 'other')]);
    await until('the other', async () => (await handled(instance)).length === 1);

    expect(await handled(instance)).toEqual(['other']);
    goOn();
    await until('both', () => isEmpty(instance));
  });

  it('leaves an item to the process that has it, and takes it over when that process has been silent for too long', async () => {
    const instance = randomUUID();
    await inbox().admit(instance, [event('a', 'one')]);
    const other = randomUUID();
    await database.query(`update inbox set owner = $2, claims = 1 where instance = $1`, [instance, other]);
    await database.query(`update inbox_lane set owner = $2, lease_until = clock_timestamp() + interval '1 hour' where instance = $1`, [
      instance,
      other,
    ]);
    await inbox().admit(instance, [event('free', 'two')]);

    work([recorder()]);
    await until('the free one', async () => (await handled(instance)).includes('free'));
    expect(await handled(instance, 'one')).toEqual([]);
    await database.query(`update inbox_lane set lease_until = clock_timestamp() where instance = $1 and owner = $2`, [instance, other]);
    await until('everything', () => isEmpty(instance));

    expect(await handled(instance, 'one')).toEqual(['a']);
    expect(await database.query(`select claims from inbox where instance = $1 and envelope_id = 'a'`, [instance])).toEqual([{ claims: 2 }]);
  });

  it('handles an item once though two workers of different speed have it', async () => {
    const instance = randomUUID();
    await inbox().admit(
      instance,
      Array.from({ length: 30 }, (_, n) => event(String(n).padStart(2, '0'), 'one')),
    );

    work([recorder()]);
    work([recorder()]);
    work([recorder()]);
    await until('everything', () => isEmpty(instance));

    expect(await handled(instance)).toEqual(Array.from({ length: 30 }, (_, n) => String(n).padStart(2, '0')));
  });

  it('keeps a gesture once that comes again under a new id, alone or in company, and again when its time is over', async () => {
    const instance = randomUUID();
    const press = (id: string, key: string): Envelope => ({ ...command(id), sameAs: { key, windowMs: 120_000 } });
    const kept = async (...batch: Envelope[]): Promise<string[]> => [...(await inbox().admit(instance, batch))].sort();
    const passes = (minutes: number): Promise<unknown> =>
      database.query(`update inbox set admitted_at = admitted_at - make_interval(mins => $2) where instance = $1`, [instance, minutes]);

    expect(await kept(press('a', 'take the lead'), press('b', 'take the lead'), press('c', 'resolve'))).toEqual(['a', 'c']);
    await passes(1);
    expect(await kept(press('d', 'take the lead'))).toEqual([]);
    expect(await kept(command('e'))).toEqual(['e']);
    await passes(1);
    expect(await kept(press('f', 'take the lead'))).toEqual(['f']);
  });

  it('gives an interaction that nobody answered to one process, and lets it be done once', async () => {
    const instance = randomUUID();
    await inbox().admit(instance, [command('c')]);
    expect(await mine(instance)).toEqual([]);
    await database.query(`update inbox set lease_until = clock_timestamp() where instance = $1`, [instance]);

    const taken = (
      await Promise.all([
        takeAbandoned(database, new StreamLog(database, doorbell), 50),
        takeAbandoned(database, new StreamLog(database, doorbell), 50),
      ])
    )
      .flat()
      .filter((item) => item.instance === instance);
    const done = await Promise.all([0, 1].map(() => database.transaction((tx) => finishInteraction(tx, taken[0] as InboxItem))));

    expect(taken.map(({ envelopeId }) => envelopeId)).toEqual(['c']);
    expect(done.sort()).toEqual([false, true]);
    expect(await mine(instance)).toEqual([]);
  });

  it('puts an interaction aside that three processes died of', async () => {
    const instance = randomUUID();
    await inbox().admit(instance, [command('deadly')]);
    for (let n = 0; n < 4; n++) {
      await database.query(`update inbox set lease_until = clock_timestamp() where instance = $1`, [instance]);
      await takeAbandoned(database, new StreamLog(database, doorbell), 50);
    }

    expect(await database.query(`select status, claims from inbox where instance = $1`, [instance])).toEqual([
      { status: 'quarantined', claims: 3 },
    ]);
  });

  const inbox = (): Inbox => new Inbox((batch) => store(database, batch), doorbell);

  function work(handlers: InboxHandler[]): InboxWorker {
    const worker = new InboxWorker(new WaitingInPostgres(database, doorbell), doorbell, handlers, quiet);
    workers.push(worker);
    worker.start();
    return worker;
  }

  function recorder(act: (item: InboxItem) => void = () => undefined, told: string[] = []): InboxHandler {
    return {
      types: ['unknown', 'member'],
      async handle(tx: Tx, item: InboxItem) {
        await rows(tx, 'insert into handled (instance, lane, id) values ($1, $2, $3)', [item.instance, item.lane, item.envelopeId]);
        act(item);
      },
      putAside: (_tx, { envelopeId }) => Promise.resolve(void told.push(envelopeId)),
    };
  }

  async function mine(instance: string): Promise<InboxItem[]> {
    return (await takeAbandoned(database, new StreamLog(database, doorbell), 50)).filter((item) => item.instance === instance);
  }

  /** Waiting times of retries are passed over. */
  async function hurry(instance: string): Promise<void> {
    const look = async (): Promise<boolean> => {
      await database.query('update inbox_lane set retry_at = null where instance = $1', [instance]);
      doorbell.ring({ topic: 'inbox', id: instance });
      return isEmpty(instance);
    };
    await until('everything', look, 50_000);
  }

  async function handled(instance: string, lane?: string): Promise<string[]> {
    const found = await database.query<{ id: string }>(
      'select id from handled where instance = $1 and ($2::text is null or lane = $2) order by n',
      [instance, lane ?? null],
    );
    return found.map(({ id }) => id);
  }

  function stored(instance: string): Promise<{ envelope_id: string }[]> {
    return database.query('select envelope_id from inbox where instance = $1 order by lane, seq', [instance]);
  }

  async function isEmpty(instance: string): Promise<boolean> {
    const [waiting] = await database.query(`select 1 from inbox where instance = $1 and kind = 'event' and status = 'waiting' limit 1`, [
      instance,
    ]);
    return waiting === undefined;
  }

  async function behind(instance: string): Promise<number> {
    const [row] = await database.query<{ behind: number }>(
      'select coalesce(sum(seq - done), 0)::int as behind from inbox_lane where instance = $1',
      [instance],
    );
    return row?.behind ?? 0;
  }
});

const event = (id: string, lane: string, name = id): Envelope => ({
  id,
  lane,
  at: Date.now(),
  redelivery: 0,
  event: { type: 'unknown', name },
});

const command = (id: string): Envelope => ({
  ...event(id, `gesture ${id}`),
  event: {
    type: 'command',
    name: 'incident',
    text: '',
    via: { id, user: { adapter: 'a', tenant: 'T', user: 'U' }, expiresAt: 0, handle: id },
  },
});
