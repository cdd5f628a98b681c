import type { RoomEvent } from '#libs/war-room-protocol/events';
import type { Waiting } from '#libs/war-room-protocol/waiting';
import { uuidv7 } from 'uuidv7';
import { Declaring } from '#src/incidents/declaring.service';
import type { ActorFact } from '#src/platform/log/event.types';
import { Nudges } from '#src/updates/nudges.service';
import type { Database } from '#src/platform/database/database';
import { NudgeWatch } from '#src/updates/nudge-watch';
import { UpdateQueries } from '#src/updates/updates.queries';
import { FakeChat } from '#test/rooms/fake-chat';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { until } from '#test/support/until';
import { aResponder, PlainBrowser } from '#test/war-room/pages/browser';

const MINUTE = 60_000;
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

describe('Being asked', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform] });
  let ana: SomePerson;

  beforeAll(async () => {
    await fake.join(app);
    ana = await SomePerson.of(app, 'Ana');
  });

  /** What the clock's role does, as if so many minutes had passed. */
  const look = (minutes: number): Promise<void> => app.get(NudgeWatch).look(new Date(Date.now() + minutes * MINUTE));
  const nudges = async (number: string): Promise<RoomEvent[]> => app.events(number, 'nudge.given');
  const about = async (number: string): Promise<string[]> =>
    (await nudges(number)).map((event) => (event.type === 'nudge.given' ? event.data.about : ''));
  const waiting = async (number: string): Promise<Waiting> =>
    ((await app.api('GET', `/api/v1/incidents/${number}/snapshot`)).body as { waiting: Waiting }).waiting;

  const buttons = async (number: string): Promise<string[][]> => {
    const said = await app.database.query<{ items: { label: string }[] }>(
      `select block -> 'items' as items from delivery d join mirror m on m.id = d.mirror_id join incident i on i.id = m.incident_id,
              jsonb_array_elements(d.content -> 'blocks') block where i.reference = $1 and block ->> 't' = 'actions' order by d.position`,
      [number],
    );
    return said.map(({ items }) => items.map(({ label }) => label));
  };

  /** How many events the chats' follower has not come to yet. */
  const behind = async (number: string): Promise<number> =>
    (
      await app.database.query<{ behind: number }>(
        `select (s.seq - coalesce(c.seq, 0))::int as behind from incident i join stream s on s.id = i.id
           left join follower_cursor c on c.stream_id = s.id and c.follower = 'rooms' where i.reference = $1`,
        [number],
      )
    )[0]?.behind ?? 0;

  async function led(facts: object = {}): Promise<string> {
    const { number } = await ana.declares(facts);
    await ana.does(number, 'lead', { to: 'me' });
    return number;
  }

  it('happens when an update is due, once, and leaves a trace', async () => {
    const number = await led();

    await look(29);
    expect(await nudges(number)).toEqual([]);
    await look(31);
    await look(32);

    const [nudge, ...more] = await nudges(number);
    expect(more).toEqual([]);
    expect(nudge).toMatchObject({
      by: null,
      via: { name: 'Muster' },
      data: { about: 'update', since: 1, dueAt: expect.any(String) as string },
    });
    expect((await ana.api('GET', `/i/${number}.txt`)).body).toMatch(/An update was due at \d\d:\d\d\. Where does it stand\?/);
    expect((await waiting(number)).waits).toMatchObject([{ about: 'update', nudge: nudge?.id }]);
  });

  it('happens once where two look at the same moment, or one starts again', async () => {
    const number = await led();

    await Promise.all([look(31), look(31), look(31)]);
    await look(31);

    expect(await nudges(number)).toHaveLength(1);
  });

  it('is looked for again only where something happened since, and missed nowhere', async () => {
    const [quiet, busy] = [await led(), await led()];
    const read: unknown[] = [];
    const recording = {
      query: (sql: string, values: unknown[] = []) => {
        if (sql.includes('from event')) read.push(values[0]);
        return app.database.query(sql, values);
      },
    } as unknown as Database;
    const watch = new NudgeWatch(app.database, new UpdateQueries(recording), app.get(Nudges), silent);
    const at = (minutes: number): Promise<void> => watch.look(new Date(Date.now() + minutes * MINUTE));
    await at(0);
    await ana.does(busy, 'update', { text: 'We roll back', nextUpdateIn: 60 });
    read.length = 0;

    await at(31);

    const { id } = (await ana.api('GET', `/api/v1/incidents/${busy}`)).body as { id: string };
    expect(read).toEqual([id]);
    expect([await about(quiet), await about(busy)]).toEqual([['update'], []]);
    await at(61);
    expect(await about(busy)).toEqual(['update']);
  });

  it('ends with the update', async () => {
    const number = await led();
    await look(31);
    await ana.does(number, 'update', { text: 'We roll back' });

    await look(29);

    expect(await nudges(number)).toHaveLength(1);
    expect((await waiting(number)).waits).toMatchObject([{ about: 'update', nudge: null }]);
  });

  it('happens for an empty lead after two, five and ten minutes, until somebody takes it', async () => {
    const { number } = await ana.declares();
    for (const minutes of [1, 2.1, 3, 5.1, 6, 10.1, 12]) await look(minutes);
    expect(await about(number)).toEqual(['lead', 'lead', 'lead']);

    const other = await ana.declares();
    await look(2.1);
    await ana.does(other.number, 'lead', { to: 'me' });
    await look(11);
    expect(await about(other.number)).toEqual(['lead']);
    expect((await ana.api('GET', `/i/${other.number}.txt`)).body).toContain('Nobody has taken the lead. Who does?');
  });

  it('does not happen when it is over', async () => {
    const number = await led();
    await ana.does(number, 'resolve', { learned: 'Deploys wait' });

    await look(31);

    expect(await nudges(number)).toEqual([]);
  });

  it('begins where a test turns out to be an incident, counted from then', async () => {
    const { number } = await ana.declares({ kind: 'test' });
    await look(31);
    expect(await nudges(number)).toEqual([]);

    await ana.does(number, 'command', { text: '/kind standard' });
    await look(2.1);
    await look(31);

    expect(await about(number)).toEqual(['lead', 'update', 'lead']);
    const [changed] = await app.events(number, 'incident.kind-changed');
    expect((await waiting(number)).waits).toMatchObject([{ seq: changed?.seq }, { seq: changed?.seq }]);
  });

  it('ends where an incident turns out to be a near miss', async () => {
    const { number } = await ana.declares();
    await look(2.1);
    expect(await about(number)).toEqual(['lead']);

    await ana.does(number, 'command', { text: '/kind near miss' });
    for (const minutes of [5.1, 31, 61]) await look(minutes);

    expect(await about(number)).toEqual(['lead']);
    expect((await waiting(number)).waits).toEqual([]);
  });

  it('is put off and let pass, by whom is kept, and who answers too late changes nothing', async () => {
    const number = await led();
    await look(31);
    const [nudge] = await nudges(number);

    await ana.does(number, 'snooze', { nudgeId: nudge?.id });
    expect(await ana.does(number, 'skip', { nudgeId: nudge?.id })).toMatchObject({ status: 200, body: { seq: null } });
    await look(9);
    expect(await nudges(number)).toHaveLength(1);
    await look(11);
    await ana.does(number, 'command', { text: '/skip' });
    await look(29);
    await look(31);

    expect((await app.events(number)).filter(({ type }) => type.startsWith('nudge')).map(({ type, by }) => [type, by?.name])).toEqual([
      ['nudge.given', undefined],
      ['nudge.snoozed', 'Ana'],
      ['nudge.given', undefined],
      ['nudge.skipped', 'Ana'],
      ['nudge.given', undefined],
    ]);
    expect((await ana.api('GET', `/i/${number}.txt`)).body).toMatch(/The next update was put off by Ana: Muster asks again at \d\d:\d\d/);
  });

  it('can be put off before it comes, by as long as somebody says', async () => {
    const number = await led();

    expect((await ana.does(number, 'command', { text: '/snooze 10' })).body).toMatchObject({
      seq: null,
      say: expect.stringContaining('Nothing to change') as string,
    });
    expect((await ana.does(number, 'command', { text: '/snooze 45 min' })).body).toMatchObject({
      say: expect.stringContaining('Muster asks again at') as string,
    });
    await look(44);
    expect(await nudges(number)).toEqual([]);
    await look(46);

    expect(await nudges(number)).toHaveLength(1);
    expect(await ana.does(number, 'command', { text: '/snooze a bit' })).toMatchObject({ status: 400 });
  });

  it('is answered once, however often the answer is sent', async () => {
    const number = await led();
    await look(31);
    const id = crypto.randomUUID();

    const answers = await Promise.all([1, 2, 3].map(() => ana.does(number, 'skip', {}, id)));

    expect(await app.events(number, 'nudge.skipped')).toHaveLength(1);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  });

  it('happens in the chat as well, with buttons that answer', async () => {
    const { number } = await ana.declares();
    const room = await fake.room(app, number);
    await look(2.1);
    // What is answered before it is said is not said any more.
    await until('the chat is asked', () => fake.posts(room).find(({ text }) => text.includes('Nobody has taken the lead')));
    await ana.does(number, 'lead', { to: 'me' });
    await look(31);
    const asked = await until('the chat is told', () => fake.posts(room).find(({ text }) => text.includes('n update was due')));
    const [, nudge] = await nudges(number);

    expect(await buttons(number)).toEqual([
      ['Take the lead', 'Snooze 10 min', 'Skip'],
      ['Update', 'Snooze 10 min', 'Skip'],
    ]);
    await fake.chat.press('bo', { room, number: Number(asked.id) }, 'update');
    expect(fake.chat.forms().at(-1)?.form.id).toBe('update');
    await fake.chat.press('bo', { room, number: Number(asked.id) }, 'snooze', nudge?.id);

    expect(await app.events(number, 'nudge.snoozed')).toMatchObject([
      { by: { name: 'bo' }, via: { id: 'fake' }, data: { nudgeId: nudge?.id } },
    ]);
  });

  it('calls whoever leads by name in a chat that knows them, and nobody else', async () => {
    const { number } = await ana.declares();
    const room = await fake.room(app, number);
    await fake.chat.command('zoe', room, 'incident', 'lead me');
    await look(31);
    await fake.told(app);

    const asked = fake.posts(room).find(({ text }) => text.includes('an update was due'));
    expect(asked).toMatchObject({ pinged: ['zoe'] });
  });

  it('is not said by a chat that comes back when it is answered by then, and once where it is not', async () => {
    const [answered, waits] = [await led(), await led()];
    const rooms = [await fake.room(app, answered), await fake.room(app, waits)];
    const mirrors = (off: boolean | null) => app.api('PUT', '/api/v1/operations/switches/mirrors', { off, why: 'as if it were away' });
    await mirrors(true);

    for (const minutes of [31, 61, 91]) await look(minutes);
    await ana.does(answered, 'update', { text: 'Half is back' });
    await until('both are followed', async () => (await behind(answered)) + (await behind(waits)) === 0);
    await mirrors(null);
    await fake.told(app);

    expect(await nudges(waits)).toHaveLength(3);
    const asked = rooms.map((room) => fake.said(room).filter((line) => line.includes('n update was due')).length);
    expect(asked).toEqual([0, 1]);
    expect(fake.said(rooms[0] ?? '').join()).toContain('Half is back');
  });

  it.each<[string, (number: string) => Promise<unknown>]>([
    ['resolved', (number) => ana.does(number, 'resolve', { learned: 'Deploys wait' })],
    ['paused', (number) => ana.does(number, 'status', { to: 'paused' })],
    ['canceled', (number) => ana.does(number, 'status', { to: 'canceled' })],
    ['a near miss', (number) => ana.does(number, 'kind', { to: 'near_miss' })],
    ['merged', async (number) => ana.does(number, 'merge', { into: (await ana.declares()).number })],
  ])('is not said by a chat that comes back when the incident is %s by then', async (_end, end) => {
    const { number } = await ana.declares();
    const room = await fake.room(app, number);
    await fake.told(app);
    const mirrors = (off: boolean | null) => app.api('PUT', '/api/v1/operations/switches/mirrors', { off, why: 'as if it were away' });
    await mirrors(true);

    await look(31);
    await end(number);
    await until('it is followed', async () => (await behind(number)) === 0);
    await mirrors(null);
    await fake.told(app);

    expect(new Set(await about(number))).toEqual(new Set(['lead', 'update']));
    expect(fake.said(room).filter((line) => /n update was due|Nobody has taken the lead/.test(line))).toEqual([]);
  });

  it('is not said either when the chat refused it for a while and the incident is over by then', async () => {
    const { number } = await ana.declares();
    const room = await fake.room(app, number);
    await fake.told(app);
    fake.chat.fault('send', 'rate-limited', Infinity, { retryAfterMs: 200 });

    await look(31);
    const refused = `select 1 from delivery d join event e on e.seq = d.position and e.type = 'nudge.given' and d.attempts > 0 and d.status = 'pending'
      join incident i on i.id = e.stream_id and i.reference = $1 join mirror m on m.id = d.mirror_id and m.incident_id = i.id`;
    await until('the chat refused one', async () => (await app.database.query(refused, [number])).length > 0);
    await ana.does(number, 'resolve', { learned: 'Deploys wait' });
    await until('it is followed', async () => (await behind(number)) === 0);
    fake.chat.heal();
    await fake.told(app);

    expect(fake.said(room).join()).toContain('Deploys wait');
    expect(fake.said(room).filter((line) => /n update was due|Nobody has taken the lead/.test(line))).toEqual([]);
  });

  it('goes on after a watcher that died between two: none twice, none left out', async () => {
    const numbers = [await led(), await led(), await led()];
    const ids = await app.database.query<{ id: string }>('select id from incident where reference = any($1)', [numbers]);
    const nudgesOf = app.get(Nudges);
    let tries = 0;
    const dying = {
      give: async (...asked: Parameters<Nudges['give']>) => {
        const given = await nudgesOf.give(...asked);
        // The first is kept; from then on the process is gone before it could be.
        if (ids.some(({ id }) => id === asked[1]) && ++tries > 1) await asked[0].query('select pg_terminate_backend(pg_backend_pid())');
        return given;
      },
    } as unknown as Nudges;
    const at = (minutes: number): Date => new Date(Date.now() + minutes * MINUTE);

    await new NudgeWatch(app.database, app.get(UpdateQueries), dying, silent).look(at(31));
    expect((await Promise.all(numbers.map(about))).flat()).toHaveLength(1);
    await new NudgeWatch(app.database, app.get(UpdateQueries), nudgesOf, silent).look(at(32));

    expect(await Promise.all(numbers.map(about))).toEqual([['update'], ['update'], ['update']]);
  });

  it('stays in the room of a private incident', async () => {
    const { number } = await ana.declares();
    const open = await fake.room(app, number);
    await ana.does(number, 'privacy', { private: true });
    await look(2.1);
    await fake.told(app);

    expect((await ana.api('GET', `/i/${number}.txt`)).body).toContain('Nobody has taken the lead');
    expect(fake.said(open).join('\n')).not.toContain('Nobody has taken the lead');
  });

  it.each([
    ['a drill', { kind: 'drill' }, null],
    ['a pretend chat', {}, 'fake'],
  ])('does not happen to whoever practises in %s', async (_, facts, pretend) => {
    const { number, id } = await ana.declares(facts);
    await app.database.query('update incident set practice_instance = $2 where id = $1', [id, pretend]);

    await look(31);

    expect(await nudges(number)).toEqual([]);
  });

  it('is answered from the page without a script', async () => {
    const number = await led();
    await look(31);
    const browser = await aResponder(app, 'Cy');
    const page = await browser.open(`/lite/i/${number}`);
    expect(page.body).toContain('An update was due');

    await browser.send(`/lite/i/${number}`, PlainBrowser.hidden(page, 'Snooze 10 min'));

    expect(await app.events(number, 'nudge.snoozed')).toMatchObject([{ by: { name: 'Cy' } }]);
    expect((await browser.open(`/lite/i/${number}`)).body).toMatch(/Next update in (9|10) min/);
  });
});

describe('Being asked by the clock', () => {
  const app = useApp({ roles: ['web', 'worker', 'clock'] });

  /** As if it had been declared three minutes ago. In one transaction: what the clock has read of a log it does not read again. */
  async function leaderless(): Promise<{ number: string; id: string }> {
    const [person] = await app.database.query<ActorFact>(`select id, name from person where role = 'admin'`);
    if (!person) throw new Error('There is no admin.');
    return app.database.transaction(async (tx) => {
      const { id, reference } = await app
        .get(Declaring)
        .declare(tx, { title: 'Checkout is failing' }, { person, via: { id: 'api', name: 'API' } }, uuidv7());
      await tx.query(`update event set at = at - interval '3 minutes' where stream_id = $1`, [id]);
      return { id, number: reference };
    });
  }
  const nudged = async (number: string): Promise<boolean> => (await app.events(number, 'nudge.given')).length > 0;
  const turn = async (off: boolean | null): Promise<void> => {
    const { status } = await app.api('PUT', '/api/v1/operations/switches/nudges', { off, why: 'for a test' });
    expect(status).toBe(200);
  };

  it('is done by one process, which looks by itself', async () => {
    const { number, id } = await leaderless();

    await until('the nudge', () => nudged(number));

    expect(await app.database.query(`select 1 from chat_lease where instance = '*' and tenant = 'nudges'`)).toHaveLength(1);
    expect(await app.database.transaction((tx) => app.get(Nudges).give(tx, id, new Date()))).toEqual([]);
  });

  it('is not done while it is switched off, and what is due is asked for afterwards', async () => {
    await turn(true);
    const { number } = await leaderless();
    const looked = async (): Promise<string> =>
      (await app.database.query<{ until: Date }>(`select until from chat_lease where tenant = 'nudges'`))[0]?.until.toISOString() ?? '';
    for (let looks = 0; looks < 2; looks++) {
      const before = await looked();
      await until('it has looked', async () => (await looked()) > before);
    }
    expect(await nudged(number)).toBe(false);

    await turn(null);

    await until('the nudge', () => nudged(number));
  });
});
