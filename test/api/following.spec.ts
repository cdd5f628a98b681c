import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { useApp } from '#test/support/app';
import { until } from '#test/support/until';
import { Watching } from './read-stream.ts';

const upTo = (n: number, from = 1): number[] => Array.from({ length: n - from + 1 }, (_, i) => from + i);

describe('Following a room over the API', () => {
  const app = useApp();
  const open: Watching[] = [];

  afterEach(() => open.splice(0).forEach((watching) => watching.leave()));

  it('reads it page by page, in order, without a gap and to the end', async () => {
    const { number, id } = await app.anIncident();
    await app.database.query(
      `insert into event (stream_id, seq, id, type, display_at, via, data)
       select $1, n, gen_random_uuid(), 'participant.joined', now(), '{"id":"api","name":"API"}', '{}' from generate_series(2, 1203) n`,
      [id],
    );
    await app.database.query('update stream set seq = 1203 where id = $1', [id]);

    const pages: number[][] = [];
    for (let after = 0, more = true; more;) {
      const { body } = await app.api('GET', `/api/v1/incidents/${number}/events?after=${after}`);
      const page = body as { events: { seq: number }[]; next: number; more: boolean };
      pages.push(page.events.map(({ seq }) => seq));
      after = page.next;
      more = page.more;
    }

    expect(pages.map(({ length }) => length)).toEqual([500, 500, 203]);
    expect(pages.flat()).toEqual(upTo(1203));
  });

  it('sends what was there and what comes, each with its number as the id, once and in order', async () => {
    const { number } = await app.anIncident();
    await app.says(number, 'before');
    const watching = await watch(number);
    await watching.reached(2);

    await Promise.all(['a', 'b', 'c', 'd'].map((text) => app.says(number, text)));
    await watching.reached(6);

    expect(watching.response.headers.get('content-type')).toContain('text/event-stream');
    expect(watching.seqs).toEqual(upTo(6));
    expect(watching.ids).toEqual(upTo(6).map(String));
    expect(watching.comments).toContain('welcome');
  });

  it('goes on after the number that a page brings back', async () => {
    const { number } = await app.anIncident();
    for (const text of ['a', 'b', 'c']) await app.says(number, text);

    const byHeader = await watch(number, { lastEventId: 2 });
    const byQuery = await watch(number, { after: 3 });
    const both = await watch(number, { after: 1, lastEventId: 3 });
    await Promise.all([byHeader, byQuery, both].map((watching) => watching.reached(4)));

    expect(byHeader.seqs).toEqual([3, 4]);
    expect(byQuery.seqs).toEqual([4]);
    expect(both.seqs).toEqual([4]);
  });

  it('shows every page the same, whenever it came and however often it was cut off, while many write', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 2, max: 4 }),
        async (cuts, writers) => {
          const { number } = await app.anIncident();
          const writing = Promise.all(
            Array.from({ length: writers }, async (_, w) => {
              for (let n = 0; n < 8; n++) await app.says(number, `${w}.${n}`);
            }),
          );
          const last = 1 + writers * 8;

          const pages = cuts.map(async (cut) => {
            const seen: number[] = [];
            while ((seen.at(-1) ?? 0) < last) {
              const watching = await watch(number, { lastEventId: seen.at(-1) ?? 0 });
              await watching.reached(Math.min((seen.at(-1) ?? 0) + cut, last));
              watching.leave();
              seen.push(...watching.seqs);
            }
            return seen;
          });
          await writing;

          for (const seen of await Promise.all(pages)) expect(seen).toEqual(upTo(last));
        },
      ),
      { numRuns: 4 },
    );
  }, 60_000);

  it('goes on for a page that was still reading up when the only other one left', async () => {
    const { number, id } = await app.anIncident();
    for (let n = 0; n < 3; n++) await app.says(number, `old ${n}`);
    const first = await watch(number);
    await first.reached(4);
    // The second page has to read up, and cannot before the first has left.
    const holding = app.database.transaction(async (tx) => {
      await tx.query('lock table event in access exclusive mode');
      const second = watch(number);
      await until('the second one reads', async () => {
        const found = await app.database.query(
          `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like 'select%from event%'`,
        );
        return found.length > 0;
      });
      first.leave();
      await until('the first one is gone', () => first.ended);
      return second;
    });
    const second = await holding;
    await second.reached(4);

    await app.says(id, 'new');

    await second.reached(5);
    expect(second.seqs).toEqual(upTo(5));
  });

  it('says how the mirrors are as soon as a page comes, without a number', async () => {
    const { number } = await app.anIncident();
    const watching = await watch(number);

    await until('the mirrors', () => watching.mirrors.length > 0);

    expect(watching.mirrors).toEqual([[]]);
  });

  it.each(['-1', '1.5', 'x', '9007199254740993', '%00'])('refuses the place %p, and says from where to read', async (after) => {
    const { number } = await app.anIncident();
    const { status, body } = await app.api('GET', `/api/v1/incidents/${number}/events?after=${after}`);

    expect(status).toBe(400);
    expect((body as { detail: string }).detail).toContain('For example: {"after":0}');
  });

  it('refuses a number that the room has not reached, by page and by stream, and says how to go on', async () => {
    const { number } = await app.anIncident();

    const page = await app.api('GET', `/api/v1/incidents/${number}/events?after=99`);
    const stream = await app.api('GET', `/api/v1/incidents/${number}/stream`, undefined, { 'last-event-id': '99' });

    for (const { status, body } of [page, stream]) {
      expect(status).toBe(409);
      expect((body as { detail: string }).detail).toContain('Read the snapshot and go on from its seq');
    }
  });

  it('gives a snapshot from which the events go on', async () => {
    const { number } = await app.anIncident();
    await app.says(number, 'hello');

    const { body } = await app.api('GET', `/api/v1/incidents/${number}/snapshot`);

    expect(body).toMatchObject({ protocol: 1, incident: { number, seq: 2 }, people: [{ name: 'Admin' }], mirrors: [] });
  });

  async function watch(incident: string, from: { after?: number; lastEventId?: number } = {}): Promise<Watching> {
    const watching = await Watching.open(app, incident, from);
    open.push(watching);
    return watching;
  }
});

describe('Stopping while pages watch', () => {
  const app = useApp();

  it('says goodbye to them, so that they come back at once', async () => {
    const { number } = await app.anIncident();
    const watching = await Watching.open(app, number);
    await watching.reached(1);

    await app.stop();
    await until('the end', () => watching.ended);

    expect(watching.saidGoodbye).toBe(true);
    await app.start();
  });

  it('waits for no connection on which nobody asks anything, as a browser keeps them', async () => {
    const idle = connect(Number(new URL(app.url).port), '127.0.0.1');
    await once(idle, 'connect');

    await Promise.all([app.stop(), once(idle, 'close')]);

    await app.start();
  });
});
