import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Doorbell } from '#src/platform/doorbell/doorbell';
import { type Database, rows } from '#src/platform/database/database';
import { Excuses } from '#src/platform/database/excuses';
import { behind, followOnce, register } from '#src/platform/followers/follow';
import type { Follower } from '#src/platform/followers/follower.types';
import { type LoggedEvent, MUSTER } from '#src/platform/log/event.types';
import { NoSuchStream, StreamLog } from '#src/platform/log/log';
import { openDatabase } from '#test/support/database';

describe('Keeping the log', () => {
  let database: Database;
  let close: () => Promise<void>;
  let url: string;
  let log: StreamLog;
  const excuses = new Excuses();

  beforeAll(async () => {
    ({ database, close, url } = await openDatabase());
    log = new StreamLog(database, new Doorbell(url));
    await database.query('create table seen (follower text, stream_id uuid, seq bigint, n serial)');
  }, 60_000);
  afterAll(() => close());

  it('numbers the events of a stream without a gap, however many write at once and however many give up', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 6 }),
        async (writers) => {
          const stream = await aStream();

          await Promise.all(
            writers.map(async (attempts) => {
              for (const keeps of attempts) await write(stream, keeps);
            }),
          );

          const kept = writers.flat().filter(Boolean).length;
          expect((await log.read(stream, 0, 1_000)).map(({ seq }) => seq)).toEqual(upTo(kept));
          expect(await log.lastSeq(stream)).toBe(kept);
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);

  it('shows a reader who remembers the last number everything, once and in order, while others write', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 7 }),
        async (writers, each, page) => {
          const stream = await aStream();
          const writing = Promise.all(
            Array.from({ length: writers }, async () => {
              for (let n = 0; n < each; n++) await write(stream, true);
            }),
          );

          const seen: number[] = [];
          while (seen.length < writers * each) {
            for (const { seq } of await log.read(stream, seen.at(-1) ?? 0, page)) seen.push(seq);
          }
          await writing;

          expect(seen).toEqual(upTo(writers * each));
        },
      ),
      { numRuns: 20 },
    );
  }, 60_000);

  it('gives a follower each event once and in order, though it fails between handling and moving its cursor', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 12 }),
        async (count, crashes) => {
          const stream = await aStream();
          const name = randomUUID();
          const failing = [...crashes];
          let calls = 0;
          const follower: Follower = {
            name,
            kind: 'projection',
            async handle(tx, event) {
              await tx.query('insert into seen (follower, stream_id, seq) values ($1, $2, $3)', [name, event.streamId, event.seq]);
              // The insert is done, the cursor is not moved: the worst moment.
              if (failing[0] === calls++) {
                failing.shift();
                calls = 0;
                throw new Error('crashed');
              }
            },
          };
          await register(database, follower);
          for (let n = 0; n < count; n++) await write(stream, true);

          for (let tries = 0; (await cursorOf(name, stream)) < count && tries < 200; tries++) {
            await database.query('update follower_cursor set retry_at = null, claims = 0 where follower = $1', [name]);
            await followOnce(database, log, follower, stream, excuses).catch(() => undefined);
          }

          expect(await seenBy(name, stream)).toEqual(upTo(count));
        },
      ),
      { numRuns: 15 },
    );
  }, 60_000);

  it('finds by looking what no doorbell told of', async () => {
    const stream = await aStream();
    const follower = recorder(randomUUID());
    await register(database, follower);

    await write(stream, true);

    expect(await behind(database, follower.name, true)).toContain(stream);
    expect(await behind(database, follower.name, false)).toContain(stream);
  });

  it('puts an event aside that failed three times, says why, and goes on with the next', async () => {
    const stream = await aStream();
    const follower = recorder(randomUUID(), (event) => {
      if (event.seq === 2) throw new Error('poison');
    });
    await register(database, follower);
    for (let n = 0; n < 3; n++) await write(stream, true);

    for (let tries = 0; tries < 12; tries++) {
      await database.query('update follower_cursor set retry_at = null where follower = $1', [follower.name]);
      await followOnce(database, log, follower, stream, excuses).catch(() => undefined);
    }

    expect(await seenBy(follower.name, stream)).toEqual([1, 3]);
    expect(await database.query('select seq::int, problem from follower_quarantine where follower = $1', [follower.name])).toEqual([
      { seq: 2, problem: expect.stringMatching(/^Error, at .*log\.spec/) as string },
    ]);
  });

  it('does not blame an event for a database that had no time for it', async () => {
    const stream = await aStream();
    let refusals = 6;
    const follower: Follower = {
      ...recorder(randomUUID()),
      async handle(tx, { streamId, seq }) {
        if (refusals-- > 0) await tx.query(`do $$ begin raise 'nobody gave the lock' using errcode = '55P03'; end $$`);
        await tx.query('insert into seen (follower, stream_id, seq) values ($1, $2, $3)', [follower.name, streamId, seq]);
      },
    };
    await register(database, follower);
    for (let n = 0; n < 3; n++) await write(stream, true);

    for (let tries = 0; tries < 12; tries++) {
      await database.query('update follower_cursor set retry_at = null where follower = $1', [follower.name]);
      await followOnce(database, log, follower, stream, excuses).catch(() => undefined);
    }

    expect(await seenBy(follower.name, stream)).toEqual([1, 2, 3]);
    expect(await database.query('select 1 from follower_quarantine where follower = $1', [follower.name])).toEqual([]);
  });

  it('does not blame an event for two workers that reached for it at once', async () => {
    const stream = await aStream();
    const follower = recorder(randomUUID());
    await register(database, follower);
    for (let n = 0; n < 5; n++) await write(stream, true);

    await Promise.all(Array.from({ length: 8 }, () => followOnce(database, log, follower, stream, excuses)));

    expect(await seenBy(follower.name, stream)).toEqual(upTo(5));
    expect(await database.query('select 1 from follower_quarantine where follower = $1', [follower.name])).toEqual([]);
  });

  it('starts an effect that is new at the end of every stream, and a projection at the beginning', async () => {
    const stream = await aStream();
    await write(stream, true);
    const effect: Follower = { ...recorder(randomUUID()), kind: 'effect' };
    const projection = recorder(randomUUID());

    await register(database, effect);
    await register(database, projection);

    expect(await behind(database, effect.name, false)).not.toContain(stream);
    expect(await behind(database, projection.name, false)).toContain(stream);
  });

  it('refuses an event id that the stream has already, and takes no number for it', async () => {
    const stream = await aStream();
    const id = randomUUID();
    await write(stream, true, id);

    await expect(write(stream, true, id)).rejects.toMatchObject({ driverError: { constraint: 'event_once' } });

    expect(await log.lastSeq(stream)).toBe(1);
  });

  it('refuses to write to a stream that was never opened', async () => {
    await expect(write(randomUUID(), true)).rejects.toBeInstanceOf(NoSuchStream);
  });

  async function aStream(): Promise<string> {
    const id = randomUUID();
    await database.transaction((tx) => log.open(tx, id, 'incident'));
    return id;
  }

  /** `keeps: false` takes a number and then gives up, as a crash before the commit does. */
  async function write(stream: string, keeps: boolean, id: string = randomUUID()): Promise<void> {
    const giveUp = new Error('given up');
    await database
      .transaction(async (tx) => {
        await log.append(tx, stream, { id, type: 'test', by: null, via: MUSTER, data: {} });
        if (!keeps) throw giveUp;
      })
      .catch((error: unknown) => {
        if (error !== giveUp) throw error;
      });
  }

  function recorder(name: string, act: (event: LoggedEvent) => void = () => undefined): Follower {
    return {
      name,
      kind: 'projection',
      async handle(tx, event) {
        act(event);
        await rows(tx, 'insert into seen (follower, stream_id, seq) values ($1, $2, $3)', [name, event.streamId, event.seq]);
      },
    };
  }

  async function seenBy(name: string, stream: string): Promise<number[]> {
    const found = await database.query<{ seq: string }>('select seq from seen where follower = $1 and stream_id = $2 order by n', [
      name,
      stream,
    ]);
    return found.map(({ seq }) => Number(seq));
  }

  async function cursorOf(name: string, stream: string): Promise<number> {
    const [row] = await database.query<{ seq: string }>('select seq from follower_cursor where follower = $1 and stream_id = $2', [
      name,
      stream,
    ]);
    return Number(row?.seq ?? 0);
  }
});

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
