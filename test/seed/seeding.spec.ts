import type { RoomEvent } from '#libs/war-room-protocol/events';
import { ArtifactStore } from '#src/artifacts/artifact-store.types';
import { StreamLog } from '#src/platform/log/log';
import { castOf } from '#src/seed/cast';
import { roomSnapshot } from '#libs/war-room-protocol/views';
import { seedMany } from '#src/seed/seed-many';
import { seedOrganisation } from '#src/seed/seed-organisation';
import { toWire } from '#src/rooms/rooms.wire';
import { TOKEN, type TestApp, useApp } from '#test/support/app';
import { fold } from '#test/support/fold';
import { stateOf } from '#test/support/state';
import { until } from '#test/support/until';

const NOW = new Date('2026-11-21T10:00:00Z');

/** Each incident's id and number, and how it was seeded. */
const numbers = (app: TestApp): Promise<{ id: string; reference: string }[]> =>
  app.database.query(`select id, reference from incident order by number`);

/** Of private ones too. */
const logOf = async (app: TestApp, id: string): Promise<RoomEvent[]> => (await app.get(StreamLog).read(id, 0, 1_000)).map(toWire);

describe('Seeding an organisation', () => {
  const app = useApp({ roles: ['web', 'worker'] });
  const seed = (ask: Partial<Parameters<typeof seedOrganisation>[2]> = {}) =>
    seedOrganisation(app.database, app.get(ArtifactStore as never), { seed: 1, now: NOW, incidents: 40, ...ask });
  let seeded: Awaited<ReturnType<typeof seed>>;
  beforeAll(async () => {
    seeded = await seed();
  }, 60_000);

  it('makes forty people and as many incidents as were asked for, with numbers in the order of their times', async () => {
    const rows = await app.database.query<{ reference: string }>('select reference from incident order by declared_at');

    expect([seeded.people, seeded.incidents]).toEqual([40, 40]);
    expect(rows.map(({ reference }) => reference)).toEqual(rows.map((_, n) => `INC-${n + 1}`));
    const roles = await app.database.query('select role, count(*)::int from person where id = any($1) group by role order by role', [
      castOf(1).map(({ id }) => id),
    ]);
    expect(roles).toEqual([
      { role: 'admin', count: 2 },
      { role: 'member', count: 14 },
      { role: 'responder', count: 24 },
    ]);
  });

  it('keeps for each incident what its log says', async () => {
    for (const { id } of await numbers(app)) expect(await stateOf(app, id)).toEqual(fold(await logOf(app, id)));
  });

  it('has a SEV1 going on now, with a lead, updates, pins, answers, an edit, reactions and a file that opens', async () => {
    const { body } = await app.api('GET', `/api/v1/incidents/${seeded.live}`);
    const events = await app.events(seeded.live);
    const types = new Set(events.map(({ type }) => type));

    expect(body).toMatchObject({ severity: 'SEV1', status: 'fixing', category: 'active', lead: { name: 'Ana Ruiz' } });
    for (const type of [
      'update.shared',
      'message.pinned',
      'message.edited',
      'message.reacted',
      'timeline.entry-added',
      'file.added',
    ] as const)
      expect(types).toContain(type);
    expect(events.every(({ displayAt }) => displayAt <= NOW.toISOString())).toBe(true);
    expect(Date.parse(events[0]!.at)).toBeGreaterThan(NOW.getTime() - 60 * 60_000);
    const file = events.find((event): event is Extract<RoomEvent, { type: 'file.added' }> => event.type === 'file.added')!.data;
    const opened = await fetch(new URL(`/api/v1/incidents/${seeded.live}/files/${file.fileId}`, app.url), {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect([opened.status, await opened.text()]).toEqual([200, expect.stringContaining('pool_wait')]);
  });

  it('tells a year: nothing later than now, most of it over, some of it declined, merged or a near miss', async () => {
    const kinds = await app.database.query<{ what: string }>(
      `select distinct unnest(array[category, kind]) as what from incident union select 'year' from incident where declared_at < timestamptz '2026-02-21'`,
    );

    expect(kinds.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['active', 'post_incident', 'closed', 'declined', 'near_miss', 'planned', 'year']),
    );
    expect(await app.database.query('select 1 from event where at > $1', [NOW])).toEqual([]);
  });

  it('can be searched, typing errors and all', async () => {
    const find = async (q: string): Promise<{ results: unknown[] }> => (await app.api('GET', `/api/v1/search?q=${q}`)).body;

    expect((await find('pool')).results.length).toBeGreaterThan(0);
    await until('the words are known', async () => (await find('chekcout')).results.length > 0);
  });

  it('is told to nobody outside', async () => {
    const behind = `select 1 from follower f join stream s on s.kind = 'incident' left join follower_cursor c on c.follower = f.name and c.stream_id = s.id
      where f.kind = 'effect' and coalesce(c.seq, 0) < s.seq`;

    expect(await app.database.query(behind)).toEqual([]);
    expect(await app.database.query('select 1 from delivery')).toEqual([]);
  });

  it('is not made twice', async () => {
    const before = await numbers(app);

    await expect(seed()).rejects.toThrow('The seed 1 is here already. Nothing was changed.');
    expect(await numbers(app)).toEqual(before);
  });
});

describe('Seeding the same number elsewhere', () => {
  const [one, other] = [useApp({ roles: ['web'] }), useApp({ roles: ['web'] })];

  it('tells the same story, event by event', async () => {
    for (const app of [one, other])
      await seedOrganisation(app.database, app.get(ArtifactStore as never), { seed: 7, now: NOW, incidents: 12 });

    const all = (app: TestApp): Promise<unknown[]> =>
      app.database.query(`select e.* from event e join incident i on i.id = e.stream_id order by e.stream_id, e.seq`);
    expect(await all(one)).toEqual(await all(other));
    expect((await all(one)).length).toBeGreaterThan(200);
  });
});

describe('Seeding many', () => {
  const app = useApp({ roles: ['web', 'worker'] });

  it('makes them fast, keeps for each what its log says, and one room with all the messages', async () => {
    const { big } = await seedMany(app.databaseUrl, { seed: 1, now: NOW, incidents: 120, messages: 300 });
    const all = await numbers(app);

    expect([all.length, big]).toEqual([120, 'INC-120']);
    expect(await app.texts(big)).toHaveLength(300);
    // As the page does, which shows nothing of what it does not know.
    expect(roomSnapshot.safeParse((await app.api('GET', `/api/v1/incidents/${big}/snapshot`)).body).error).toBeUndefined();
    for (const { id } of [...all.slice(0, 12), ...all.slice(96, 103), all.at(-1)!]) {
      const events = await logOf(app, id);
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, n) => n + 1));
      expect(await stateOf(app, id)).toEqual(fold(events));
    }
    expect((await app.anIncident()).number).toBe('INC-121');
  });
});
