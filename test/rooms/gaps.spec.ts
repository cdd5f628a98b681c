import type { Place } from '@musterhq/adapter-testkit';
import type { RoomEvent } from '#libs/war-room-protocol/events';
import { useApp } from '#test/support/app';
import { until } from '#test/support/until';
import { gapsToClose, unmerged } from '#src/rooms/gaps/gap-store';
import { MirrorTrouble } from '#src/rooms/gaps/mirror-trouble.service';
import { FakeChat } from './fake-chat.ts';

const A_WHILE_MS = 2_000;

describe('Merging two histories after an outage', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform] });
  let number: string;
  let room: string;

  beforeAll(() => fake.join(app));
  beforeEach(async () => {
    ({ number } = await app.anIncident());
    room = await fake.room(app, number);
    await fake.told(app);
  });
  afterEach(() => fake.chat.up());

  it('brings in what was said in the chat, marked late and placed at its time, and says there what waited here, in order', async () => {
    const goodAt = await down();
    await fake.says('mia', room, 'there 1');
    await app.says(number, 'here 1');
    await fake.says('mia', room, 'there 2');
    await app.says(number, 'here 2');
    expect(await waiting()).toHaveLength(2);
    expect(fake.said(room)).toEqual([]);

    await back();
    const closed = await theGapIsClosed();

    expect(fake.said(room).slice(0, 2)).toEqual(['here 1', 'here 2']);
    const late = (await posted()).filter((event) => event.late);
    expect(late.map(text)).toEqual(['there 1', 'there 2']);
    for (const event of late) expect(Date.parse(event.displayAt)).toBeGreaterThanOrEqual(goodAt.getTime());
    expect((await posted()).map(text).sort()).toEqual(['here 1', 'here 2', 'there 1', 'there 2']);
    expect(closed).toMatchObject([{ inbound: 2, outbound: 2 }]);
    expect((await fake.mirrors(app, number))[0]).toMatchObject({ state: 'open', waiting: [], since: null });
  });

  it('waits for what was said here a moment before the chat came back, and counts it', async () => {
    await down();
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const held = app.database.transaction(async (tx) => {
      await tx.query('select 1 from follower_cursor c join incident i on i.id = c.stream_id where i.reference = $1 for update of c', [
        number,
      ]);
      await released;
    });
    await app.says(number, 'at the last moment');
    await back();
    await until('the history has been read', async () => (await gapsToClose(app.database)).every(({ state }) => state !== 'reading'));
    // Rooms of other cases are read at the same time.
    const [mirror] = await fake.mirrors(app, number);
    const gap = (await gapsToClose(app.database)).find(({ mirrorId }) => mirrorId === mirror?.id);
    const isWaitedFor = gap && (await app.database.transaction((tx) => unmerged(tx, gap)));
    release();
    await held;

    expect(isWaitedFor).toBe(true);
    expect(await theGapIsClosed()).toMatchObject([{ outbound: 1 }]);
  });

  it('says in the chat when something was written, if it waited for more than a minute', async () => {
    await down();
    await app.says(number, 'written long ago');
    expect(await waiting()).toHaveLength(1);
    await app.database.query(`update delivery set created_at = '2026-11-21T14:05:00Z' where status = 'pending'`);
    await app.says(number, 'written just now');
    expect(await waiting()).toHaveLength(2);

    await back();
    await theGapIsClosed();

    const [long, now] = fake.said(room);
    expect(long).toMatch(/^written long ago\s+.*Written at/);
    expect(now).toBe('written just now');
  });

  it('tells the room each step once', async () => {
    await down();
    await app.says(number, 'waits');
    await back();
    await theGapIsClosed();

    expect(
      (await app.events(number)).map(({ type }) => type).filter((type) => type.startsWith('mirror.') || type === 'gap.closed'),
    ).toEqual([
      'mirror.requested',
      'mirror.opened',
      'mirror.suspect',
      'mirror.parked',
      'mirror.catching-up',
      'mirror.resumed',
      'gap.closed',
    ]);
  });

  it('does nothing when it is told again what it knows', async () => {
    const at = await down();
    const before = (await app.events(number)).length;
    await trouble((tx, it) => it.suspect(tx, fake.surface, at, 'again'));
    await trouble((tx, it) => it.park(tx, fake.surface, at, 'again'));
    expect(await app.events(number)).toHaveLength(before);

    await back();
    await theGapIsClosed();
    const after = (await app.events(number)).length;
    await trouble((tx, it) => it.catchUp(tx, fake.surface, new Date()));
    expect(await app.events(number)).toHaveLength(after);
  });

  it('reads quietly what was missed when there was only doubt', async () => {
    fake.chat.events.quiet('silent');
    const at = new Date();
    await trouble((tx, it) => it.suspect(tx, fake.surface, at, 'a look was missed'));
    await fake.says('mia', room, 'unheard');
    await app.says(number, 'goes out all the same');
    await until('it is said', () => fake.said(room).includes('goes out all the same'));
    await fake.chat.up();
    await trouble((tx, it) => it.catchUp(tx, fake.surface, new Date()));

    expect(await theGapIsClosed()).toMatchObject([{ inbound: 1, outbound: 0 }]);
    expect((await posted()).map(text).sort()).toEqual(['goes out all the same', 'unheard']);
  });

  it('says nothing of a doubt in which nothing was missed', async () => {
    await trouble((tx, it) => it.suspect(tx, fake.surface, new Date(), 'a look was missed'));
    await trouble((tx, it) => it.catchUp(tx, fake.surface, new Date()));
    await until('the gap is closed', async () => (await openGaps()) === 0);

    expect(await app.events(number, 'gap.closed')).toEqual([]);
    expect((await fake.mirrors(app, number))[0]).toMatchObject({ state: 'open' });
  });

  it('brings nothing in twice that was heard before, or is told again when the chat is back', async () => {
    await fake.says('mia', room, 'heard live');
    await until('it is heard', async () => (await app.texts(number)).length === 1);
    const goodAt = new Date(Date.now() - 30_000);
    await trouble((tx, it) => it.park(tx, fake.surface, goodAt, 'down'));
    fake.chat.down('held');
    await fake.says('mia', room, 'told again later');

    await fake.chat.up();
    await back();
    await fake.heard(app);

    expect(await theGapIsClosed()).toHaveLength(1);
    expect((await posted()).map(text)).toEqual(['heard live', 'told again later']);
  });

  it('does not say again what the chat had taken before it fell', async () => {
    fake.chat.fault('send', 'silent-after');
    fake.chat.events.quiet('silent');
    await app.says(number, 'taken');
    await until('the chat has it', () => fake.said(room).includes('taken'));
    await down();
    await app.says(number, 'waits');

    await back();
    await theGapIsClosed();

    expect(fake.said(room).slice(0, 2)).toEqual(['taken', 'waits']);
  });

  it('learns of edits, and not of messages that were taken back meanwhile', async () => {
    const kept = await fake.says('mia', room, 'first version');
    await until('it is heard', async () => (await app.texts(number)).length === 1);
    await down();
    await fake.chat.edit('mia', kept, 'second version');
    await fake.chat.remove('mia', await fake.says('mia', room, 'taken back'));

    await back();
    await theGapIsClosed();
    await until('the edit', async () => (await app.events(number, 'message.edited')).length === 1);

    expect((await posted()).map(text)).toEqual(['first version']);
  });

  it('learns what was changed and taken away of what had been said hours before', async () => {
    await hoursAgo('kept');
    const wrong = await hoursAgo('first version');
    const secret = await hoursAgo('a password');
    await down();
    await fake.chat.edit('mia', wrong, 'second version');
    await fake.chat.remove('mia', secret);
    await back();
    await theGapIsClosed();

    await lookBack();
    await until('both', async () => (await app.events(number)).filter(({ type }) => /^message\.(edited|deleted)$/.test(type)).length === 2);
    await until('it is over', async () => (await app.database.query('select 1 from gap where look_back_at is not null')).length === 0);
    await fake.heard(app);

    const [, first, password] = await posted();
    expect((await app.events(number, 'message.edited')).map(({ data }) => data)).toMatchObject([
      { messageId: first?.id, text: 'second version' },
    ]);
    expect(await app.events(number, 'message.deleted')).toMatchObject([
      { by: null, via: { id: 'fake' }, data: { messageId: password?.id } },
    ]);
    expect(await app.texts(number)).toEqual(['kept', 'first version', 'a password']);
  });

  it('takes away again what the chat said it had taken away', async () => {
    const secret = await app.says(number, 'a password');
    await fake.told(app);
    fake.chat.fault('delete', 'lost');
    await app.does(number, 'delete', { messageId: secret });
    await fake.told(app);
    expect(fake.said(room)).toEqual(['a password']);
    await down();
    await back();
    await theGapIsClosed();

    await lookBack();

    await until('it is gone', () => !fake.said(room).includes('a password'));
  });

  it('reads a long history to its end', async () => {
    await down();
    // More than the 100 that this chat gives at once.
    const texts = Array.from({ length: 110 }, (_, n) => `line ${n}`);
    for (const line of texts) await fake.says('mia', room, line);
    await fake.chat.up();
    fake.chat.fault('history', 'rate-limited', 2, { room: { adapter: fake.id, tenant: fake.chat.tenant, room } });

    await trouble((tx, it) => it.catchUp(tx, fake.surface, new Date()));
    expect(await theGapIsClosed()).toMatchObject([{ inbound: 110 }]);

    expect((await posted()).map(text)).toEqual(texts);
  });

  it('is read by the one worker that speaks to the chat', async () => {
    await down();
    const since = performance.now();
    await app.database.query(
      `update chat_lease set owner = gen_random_uuid(), until = clock_timestamp() + $1 * interval '1 millisecond' where instance = $2`,
      [A_WHILE_MS, fake.id],
    );

    await back();
    // Sweeps and looks back at other rooms read the history too, but they close no gap.
    await isClosed();

    expect(performance.now() - since).toBeGreaterThan(A_WHILE_MS * 0.9);
  });

  it('closes gap after gap', async () => {
    for (const round of [1, 2, 3]) {
      await down();
      await fake.says('mia', room, `there ${round}`);
      await app.says(number, `here ${round}`);
      await back();
      await until(`gap ${round} is closed`, async () => (await app.events(number, 'gap.closed')).length === round);
    }

    expect((await gaps()).map(({ inbound, outbound }) => [inbound, outbound])).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    expect((await posted()).filter((event) => event.late).map(text)).toEqual(['there 1', 'there 2', 'there 3']);
    expect(fake.said(room).filter((line) => line.startsWith('here'))).toEqual(['here 1', 'here 2', 'here 3']);
  });

  it('reads again what was said while trouble came back before it had caught up, and counts everything once', async () => {
    await down();
    await fake.says('mia', room, 'there 1');
    for (const n of [1, 2, 3]) await app.says(number, `here ${n}`);
    // It comes back, says one of three, and falls again.
    await fake.chat.up();
    fake.chat.fault('send', 'rate-limited', Infinity, { retryAfterMs: 300 });
    await trouble((tx, it) => it.catchUp(tx, fake.surface, new Date()));
    await until('it says again', async () => (await app.database.query(`select 1 from gap where state = 'posting'`)).length > 0);
    fake.chat.heal();
    await until('one is said', () => fake.said(room).length > 0);
    fake.chat.down('silent', 'refused');
    const secondFall = new Date();
    await trouble((tx, it) => it.suspect(tx, fake.surface, secondFall, 'a look was missed'));
    await trouble((tx, it) => it.park(tx, fake.surface, secondFall, 'down again'));
    await fake.says('mia', room, 'there 2');
    await app.says(number, 'here 4');

    await back();
    const closed = await theGapIsClosed();

    expect(closed).toMatchObject([{ inbound: 2, outbound: 4 }]);
    expect((await posted()).map(text).sort()).toEqual(['here 1', 'here 2', 'here 3', 'here 4', 'there 1', 'there 2']);
    expect(fake.said(room).filter((line) => line.startsWith('here'))).toEqual(['here 1', 'here 2', 'here 3', 'here 4']);
  });

  it('says nothing between doubt that comes back and the reading that it needs', async () => {
    await down();
    await app.says(number, 'waits');
    fake.chat.heal();
    fake.chat.fault('history', 'error-before', Infinity);
    await trouble((tx, it) => it.catchUp(tx, fake.surface, new Date()));
    await trouble((tx, it) => it.suspect(tx, fake.surface, new Date(), 'a look was missed'));
    await fake.says('mia', room, 'unheard');
    fake.chat.heal();
    expect((await fake.mirrors(app, number))[0]).toMatchObject({ state: 'catching-up' });

    await back();

    expect(await theGapIsClosed()).toMatchObject([{ inbound: 1, outbound: 1 }]);
  });

  it('does not take the end of an old reading for the end of a new one', async () => {
    await down();
    await fake.chat.up();
    fake.chat.fault('history', 'silent', 1);
    const asked = fake.chat.requests('history');
    await trouble((tx, it) => it.catchUp(tx, fake.surface, new Date()));
    await until('it reads', () => fake.chat.requests('history') > asked);
    // While that one page hangs, the chat falls and returns.
    fake.chat.events.quiet('silent');
    await trouble((tx, it) => it.park(tx, fake.surface, new Date(), 'down again'));
    await fake.says('mia', room, 'said in the second fall');
    await fake.chat.up();
    await trouble((tx, it) => it.catchUp(tx, fake.surface, new Date()));

    expect(await theGapIsClosed()).toMatchObject([{ inbound: 1 }]);
  });

  describe('does not overlook the room of an incident that ended shortly before', () => {
    const ended = async (number: string, type: string, body: object): Promise<void> => {
      room = await fake.room(app, number);
      expect((await app.does(number, type, body)).status).toBe(200);
      await fake.told(app);
    };

    it.each<[string, () => Promise<void>]>([
      ['resolved', () => ended(number, 'resolve', { learned: 'Deploys wait.' })],
      ['canceled', () => ended(number, 'status', { to: 'canceled' })],
      ['merged', async () => ended(number, 'merge', { into: (await app.anIncident()).number })],
      [
        'declined',
        async () => {
          ({ number } = await app.anIncident({ triage: true }));
          await ended(number, 'decline', { reason: 'A planned test.' });
        },
      ],
    ])('%s', async (_how, end) => {
      await end();

      await down();
      expect((await fake.mirrors(app, number))[0]).toMatchObject({ state: 'parked' });
      await fake.says('mia', room, 'It happens again');
      await back();

      expect(await theGapIsClosed()).toMatchObject([{ inbound: 1 }]);
      expect(await app.texts(number)).toEqual(['It happens again']);
    });
  });

  it('leaves the room of an incident alone that ended longer ago than a day', async () => {
    await app.does(number, 'status', { to: 'canceled' });
    await fake.told(app);
    await app.database.query(`update incident set ended_at = ended_at - interval '25 hours' where reference = $1`, [number]);

    await down();

    expect((await fake.mirrors(app, number))[0]).toMatchObject({ state: 'open' });
  });

  it('reads what was said in a room that was made while there was reason to doubt the chat', async () => {
    await trouble((tx, it) => it.suspect(tx, fake.surface, new Date(), 'a look was missed'));
    await app.database.query(
      `insert into surface_health (instance, tenant, state) values ('fake', $1, 'suspect') on conflict (instance, tenant) do update set state = 'suspect'`,
      [fake.chat.tenant],
    );
    fake.chat.events.quiet('silent');
    const later = await app.anIncident({ title: 'Declared in doubt' });
    await fake.says('mia', await fake.room(app, later.number), 'nobody is told of this');

    await back();
    await app.database.query('delete from surface_health');

    const told = (): Promise<RoomEvent[]> => app.events(later.number, 'gap.closed');
    await until('the room is told of it', async () => (await told()).length > 0);
    expect(await told()).toMatchObject([{ data: { inbound: 1 } }]);
    expect(await app.texts(later.number)).toEqual(['nobody is told of this']);
  });

  it('makes the room of an incident that was declared while the chat was down', async () => {
    await down();
    await app.database.query(
      `insert into surface_health (instance, tenant, state) values ('fake', $1, 'down') on conflict (instance, tenant) do update set state = 'down'`,
      [fake.chat.tenant],
    );
    const later = await app.anIncident({ title: 'Declared in the dark' });
    await app.says(later.number, 'said in the dark');
    await until('it is parked', async () => (await fake.mirrors(app, later.number))[0]?.state === 'parked');

    await app.database.query(`update surface_health set state = 'recovering'`);
    await back();
    await until('its gap is closed', async () => (await app.events(later.number, 'gap.closed')).length === 1);
    await app.database.query('delete from surface_health');

    const made = await fake.room(app, later.number);
    expect(fake.said(made)[0]).toBe('said in the dark');
    expect((await fake.mirrors(app, later.number))[0]).toMatchObject({ state: 'open' });
  });

  /** It is done a while after a gap. */
  async function lookBack(): Promise<void> {
    await app.database.query('update gap set look_back_at = clock_timestamp() where look_back_at is not null');
  }

  /** Said and heard long before anything else. */
  async function hoursAgo(words: string): Promise<Place> {
    const place = await fake.says('mia', room, words);
    await until(words, async () => (await app.texts(number)).includes(words));
    const message = fake.chat.world.message(room, place.number);
    Object.assign(message, { at: message.at - 3 * 3_600_000 });
    for (const [table, time, its] of [
      ['message_copy', 'said_at', 'message_id'],
      ['event', 'occurred_at', 'id'],
    ])
      await app.database.query(
        `update ${table} c set ${time} = ${time} - interval '3 hours' from message g where g.id = c.${its} and g.text = $1`,
        [words],
      );
    return place;
  }

  /** The chat falls, and Muster has noticed. Answers when it was last known to be good. */
  async function down(): Promise<Date> {
    const goodAt = new Date();
    fake.chat.down('silent', 'refused');
    await trouble((tx, it) => it.suspect(tx, fake.surface, goodAt, 'a look was missed'));
    await trouble((tx, it) => it.park(tx, fake.surface, goodAt, 'three looks were missed'));
    return goodAt;
  }

  async function back(): Promise<void> {
    await fake.chat.up();
    await trouble((tx, it) => it.catchUp(tx, fake.surface, new Date()));
  }

  function trouble(act: (tx: Parameters<MirrorTrouble['suspect']>[0], it: MirrorTrouble) => Promise<void>): Promise<void> {
    return app.database.transaction((tx) => act(tx, app.get(MirrorTrouble)));
  }

  /** What the room was told when the gap was closed. */
  async function theGapIsClosed(): Promise<{ inbound: number; outbound: number }[]> {
    await isClosed();
    await fake.told(app);
    return gaps();
  }

  async function isClosed(): Promise<void> {
    // Not by reading the whole room again and again: that would take the time which closing it needs.
    const closed = `select 1 from event e join incident i on i.id = e.stream_id where i.reference = $1 and e.type = 'gap.closed'`;
    await until('the gap is closed', async () => (await app.database.query(closed, [number])).length > 0, 30_000);
  }

  async function gaps(): Promise<{ inbound: number; outbound: number }[]> {
    return (await app.events(number, 'gap.closed')).flatMap((event) => (event.type === 'gap.closed' ? [event.data] : []));
  }

  async function openGaps(): Promise<number> {
    return (await app.database.query(`select 1 from gap where state <> 'closed'`)).length;
  }

  async function waiting(): Promise<readonly string[]> {
    return until('the messages wait', async () => {
      const found = (await fake.mirrors(app, number))[0]?.waiting ?? [];
      return found.length > 0 && found.length === (await app.texts(number)).length && found;
    });
  }

  function posted(): Promise<RoomEvent[]> {
    return app.events(number, 'message.posted');
  }
});

const text = (event: RoomEvent): string => (event.type === 'message.posted' ? event.data.text : '');
