import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Database } from '#src/platform/database/database';
import { Doorbell } from '#src/platform/doorbell/doorbell';
import { StreamLog } from '#src/platform/log/log';
import { latenessOf } from '#src/rooms/lateness';
import { openDatabase } from '#test/support/database';

/** A minute of talk handled in a few milliseconds leaves a microsecond for each 20 ms: nobody talks faster than that. */
const PEOPLE_ARE_APART_MS = 50;

/** Slack tries again after 0 s, one and five minutes: after a restart of ours, what was said last often comes first. */
describe('Messages that overtook each other', () => {
  let database: Database;
  let close: () => Promise<void>;
  let log: StreamLog;

  beforeAll(async () => {
    const opened = await openDatabase();
    ({ database, close } = opened);
    log = new StreamLog(database, new Doorbell(opened.url));
  }, 60_000);
  afterAll(() => close());

  it('are shown in the order in which they were said, in whatever order they came', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .uniqueArray(fc.integer({ min: 0, max: 1_200 }), { minLength: 2, maxLength: 14 })
          .chain((said) => fc.tuple(fc.constant(said), fc.shuffledSubarray(said, { minLength: said.length }))),
        async ([said, came]) => {
          const room = randomUUID();
          const start = Date.now() - 60_000;
          await database.transaction((tx) => log.open(tx, room, 'incident'));

          for (const said of came) await receive(room, new Date(start + said * PEOPLE_ARE_APART_MS), String(said));

          const shown = (await log.read(room, 0, 100)).sort((a, b) => a.displayAt.localeCompare(b.displayAt) || a.seq - b.seq);
          expect(shown.map(({ data }) => Number((data as { text: string }).text))).toEqual([...said].sort((a, b) => a - b));
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);

  it('are shown in the order in which they were said, though some were read back from history', async () => {
    const room = randomUUID();
    const start = Date.now() - 60_000;
    await database.transaction((tx) => log.open(tx, room, 'incident'));

    // Handled seconds after it was said, because our own database was away: it is shown when it was handled.
    await receive(room, new Date(start), '0');
    await receive(room, new Date(start + 100), '1', randomUUID());
    await receive(room, new Date(start + 300), '3', randomUUID());
    await receive(room, new Date(start + 200), '2', randomUUID());

    const shown = (await log.read(room, 0, 100)).sort((a, b) => a.displayAt.localeCompare(b.displayAt) || a.seq - b.seq);
    expect(shown.map(({ data }) => (data as { text: string }).text)).toEqual(['0', '1', '2', '3']);
  });

  it('are not called late when they came in their order', async () => {
    const room = randomUUID();
    await database.transaction((tx) => log.open(tx, room, 'incident'));

    for (const ms of [0, 10, 20]) await receive(room, new Date(Date.now() - 1_000 + ms), String(ms));

    expect((await log.read(room, 0, 10)).map(({ late }) => late)).toEqual([false, false, false]);
  });

  async function receive(room: string, occurredAt: Date, text: string, gapId: string | null = null): Promise<void> {
    const item = {
      instance: 'slack',
      tenant: 'T1',
      lane: 'C1',
      seq: 1,
      envelopeId: text,
      occurredAt,
      admittedAt: new Date(),
      gapId,
      trace: null,
      event: { type: 'unknown', name: '' },
    } as const;
    await database.transaction(async (tx) => {
      const late = await latenessOf(tx, item, { id: randomUUID(), incidentId: room, surface: 'Slack' });
      await log.append(tx, room, {
        id: randomUUID(),
        type: 'message.posted',
        by: null,
        via: { id: 'slack', name: 'Slack' },
        occurredAt,
        ...(late ? { late } : {}),
        data: { text },
      });
    });
  }
});
