import { randomUUID } from 'node:crypto';
import { People } from '#src/people/people.service';
import type { Tx } from '#src/platform/database/database';
import { Artifacts } from '#src/artifacts/artifacts.service';
import type { InboxItem } from '#src/platform/inbox/inbox.types';
import { StreamLog } from '#src/platform/log/log';
import { CalledInChats } from '#src/rooms/called-in-chats';
import { Chats } from '#src/platform/chats/chats';
import { HearingInPostgres } from '#src/rooms/hearing';
import { Messages } from '#src/rooms/messages.service';
import { mirrorOf } from '#src/rooms/mirrors';
import { ReceiveMessage } from '#src/rooms/receive-message';
import { useApp } from '#test/support/app';
import { tryAgainNow } from '#test/support/next-try';
import { until } from '#test/support/until';
import { FakeChat } from './fake-chat.ts';

describe('Hearing what people do in a mirror', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform] });
  let lobby: string;

  beforeAll(async () => {
    await fake.join(app);
    lobby = fake.chat.addRoom('lobby', ['mia']).id;
  });
  afterEach(() => fake.chat.heal());

  it('follows edits and deletions, and keeps every version in the log', async () => {
    const { number, room } = await aRoom();
    const place = await fake.says('mia', room, 'Rolback at 40 %');
    await until('the message', async () => (await app.texts(number)).length === 1);

    await fake.chat.edit('mia', place, 'Rollback at 40 %');
    await fake.chat.edit('mia', place, 'Rollback done');
    await fake.chat.remove('mia', place);
    await fake.heard(app);

    const story = (await app.events(number)).flatMap((event) =>
      event.type.startsWith('message.') ? [[event.type, (event.data as { text?: string }).text]] : [],
    );
    expect(story).toEqual([
      ['message.posted', 'Rolback at 40 %'],
      ['message.edited', 'Rollback at 40 %'],
      ['message.edited', 'Rollback done'],
      ['message.deleted', undefined],
    ]);
    expect(await app.database.query(`select text, deleted_at is not null as deleted from message where text like 'Roll%'`)).toEqual([
      { text: 'Rollback done', deleted: true },
    ]);
  });

  it('lets a deletion win over its message that comes after it', async () => {
    const { number, room } = await aRoom();

    await fake.admit(
      app,
      fake.event(room, 'deleted', { number: 107 }),
      fake.event(room, 'created', { number: 107 }),
      fake.event(room, 'edited', { number: 107, revision: 2 }),
    );
    await fake.admit(app, fake.event(room, 'created', { number: 108, text: 'stays' }));
    await fake.heard(app);

    expect(await app.texts(number)).toEqual(['stays']);
  });

  it('learns of a message by its edit when that comes first, and once', async () => {
    const { number, room } = await aRoom();

    await fake.admit(
      app,
      fake.event(room, 'edited', { number: 107, revision: 2, text: 'as it is now' }),
      fake.event(room, 'created', { number: 107, revision: 2, text: 'as it is now' }),
    );
    await fake.heard(app);

    expect(await app.texts(number)).toEqual(['as it is now']);
    expect(await app.events(number, 'message.edited')).toEqual([]);
  });

  it('is not held up by an old version that is told again under another name', async () => {
    const { number, room } = await aRoom();
    const again = { ...fake.event(room, 'edited', { number: 101, revision: 2, text: 'two' }), id: `again ${randomUUID()}` };

    await fake.admit(app, fake.event(room, 'created', { number: 101, text: 'one' }));
    for (const [revision, text] of [
      [2, 'two'],
      [3, 'three'],
    ] as const)
      await fake.admit(app, fake.event(room, 'edited', { number: 101, revision, text }));
    await fake.admit(app, again, fake.event(room, 'created', { number: 102, text: 'goes on' }));
    await fake.heard(app);

    expect((await app.events(number, 'message.edited')).map((event) => (event.type === 'message.edited' ? event.data.text : ''))).toEqual([
      'two',
      'three',
    ]);
    expect(await app.texts(number)).toEqual(['one', 'goes on']);
    expect(await app.events(number, 'inbox.unreadable')).toEqual([]);
  });

  it('reads as its newest version does when an older one comes after it', async () => {
    const { number, room } = await aRoom();
    const at = Date.now();

    await fake.admit(
      app,
      fake.event(room, 'created', { number: 103, text: 'one', at }),
      fake.event(room, 'edited', { number: 103, revision: 3, text: 'three', at: at + 2_000 }),
      fake.event(room, 'edited', { number: 103, revision: 2, text: 'two', at: at + 1_000 }),
    );
    await fake.heard(app);

    expect((await app.events(number, 'message.edited')).map((event) => (event.type === 'message.edited' ? event.data.text : ''))).toEqual([
      'three',
    ]);
  });

  it('reads as the newest version does when that was read back from history, and an older one comes after it', async () => {
    const { number, room } = await aRoom();
    const at = Date.now();

    await fake.admit(
      app,
      fake.event(room, 'created', { number: 104, text: 'three', at }),
      fake.event(room, 'edited', { number: 104, revision: 3, text: 'three', at: at + 2_000 }),
      fake.event(room, 'edited', { number: 104, revision: 2, text: 'two', at: at + 1_000 }),
    );
    await fake.heard(app);

    expect((await app.events(number, 'message.edited')).map((event) => (event.type === 'message.edited' ? event.data.text : ''))).toEqual([
      'three',
    ]);
    expect(
      await app.database.query('select m.text from message m join incident i on i.id = m.incident_id where i.reference = $1', [number]),
    ).toEqual([{ text: 'three' }]);
  });

  it('does not read a long room to find whether an edit is old', async () => {
    const { id } = await app.anIncident();
    await app.database.query(
      `insert into event (stream_id, seq, id, type, occurred_at, display_at, via, data)
       select $1, 1000 + n, gen_random_uuid(), 'message.posted', t, t, '{"id":"fake","name":"Fake"}', jsonb_build_object('messageId', gen_random_uuid(), 'text', 'x')
         from generate_series(1, 10000) n, lateral (select now() - interval '1 day' + n * interval '1 second') as at(t)`,
      [id],
    );
    await app.database.query('vacuum analyze event');
    const plan: string[] = [];
    const explaining = {
      query: async (sql: string, values: unknown[]) => {
        for (const line of await app.database.query<Record<string, string>>(`explain ${sql}`, values)) plan.push(...Object.values(line));
        return [];
      },
    } as unknown as Tx;
    const hearing = new HearingInPostgres(app.get(StreamLog), app.get(Messages), app.get(People), app.get(Artifacts));

    await hearing.isOutdated(explaining, id, { eventId: randomUUID(), messageId: randomUUID(), at: new Date() });

    expect(plan.flatMap((line) => /(Seq Scan|Index .*Scan using \w+|Bitmap Index Scan on \w+)/.exec(line)?.[1] ?? [])).toEqual([
      'Index Only Scan using event_once',
      'Index Scan using event_by_time',
    ]);
  });

  it('keeps a message when our copy of it is deleted in the chat', async () => {
    const { number, room } = await aRoom();
    await app.says(number, 'from here');
    await fake.told(app);
    const [copy] = fake.posts(room);

    await fake.admit(app, fake.event(room, 'deleted', { number: Number(copy?.id) }));
    await fake.heard(app);

    expect(await app.events(number, 'message.deleted')).toEqual([]);
  });

  it('keeps a message when the copy that a sweeper takes away is forgotten while its deletion is heard', async () => {
    const { number, room } = await aRoom();
    await app.says(number, 'said twice there');
    await fake.told(app);
    const id = fake.posts(room)[0]?.id ?? '';
    const { event } = fake.event(room, 'deleted', { number: Number(id) });
    const hearing = new HearingInPostgres(app.get(StreamLog), app.get(Messages), app.get(People), app.get(Artifacts));

    await app.database.transaction(async (tx) => {
      const sweptMeanwhile = {
        query: async (sql: string, values: unknown[]) => {
          const found: unknown = await tx.query(sql, values);
          if (sql.includes('from message_copy')) await app.database.query('delete from message_copy where native_id = $1', [id]);
          return found;
        },
      } as unknown as Tx;
      await new ReceiveMessage(hearing, app.get(People), new CalledInChats(app.get(Chats))).handle(sweptMeanwhile, {
        event,
        occurredAt: new Date(),
      } as InboxItem);
    });

    expect(await app.events(number, 'message.deleted')).toEqual([]);
  });

  it('hears what is said in a room that is recorded while it is looked for', async () => {
    const { room } = await aRoom();
    const [of] = await app.database.query<{ tenant: string }>(`update mirror set room = room || '-soon' where room = $1 returning tenant`, [
      room,
    ]);
    const recorded = (): Promise<unknown> => app.database.query(`update mirror set room = $1 where room = $1 || '-soon'`, [room]);

    const found = await app.database.transaction(async (tx) => {
      let looked = 0;
      const meanwhile = {
        query: async (sql: string, values: unknown[]) => {
          const answer: unknown = await tx.query(sql, values);
          if (sql.includes('m.room = $3') && looked++ === 0) await recorded();
          return answer;
        },
      } as unknown as Tx;
      return mirrorOf(meanwhile, { adapter: 'fake', tenant: of?.tenant ?? '', room });
    });

    expect(found).not.toBeNull();
  });

  it('keeps a message that is longer than ours may be, whole', async () => {
    const { number, room } = await aRoom();
    const long = `${'a long log line \u{1f680} '.repeat(1_500)}end`;

    await fake.admit(app, fake.event(room, 'created', { number: 101, text: long }));
    await fake.heard(app);

    expect((await app.texts(number))[0] === long).toBe(true);
  });

  it('keeps a message with characters that a database refuses', async () => {
    const { number, room } = await aRoom();

    await fake.admit(app, fake.event(room, 'created', { number: 101, text: 'a\0b \ud83d' }));
    await fake.heard(app);

    expect(await app.texts(number)).toEqual(['a\ufffdb \ufffd']);
  });

  it('says that something could not be read, and goes on', async () => {
    const { number, room } = await aRoom();
    const unreadable = { blocks: null as never, summary: '' };

    await fake.admit(
      app,
      fake.event(room, 'created', { number: 101, content: unreadable }),
      fake.event(room, 'created', { number: 102, text: 'goes on' }),
    );
    await until('the next one', async () => {
      await tryAgainNow(app);
      return (await app.texts(number)).length === 1;
    });

    expect(await app.events(number, 'inbox.unreadable')).toMatchObject([{ data: { count: 1 }, via: { name: 'The fake' } }]);
  });

  it('marks what arrives more than two minutes after its time, and places it there', async () => {
    const { number, room } = await aRoom();
    const at = Date.now() - 180_000;

    await fake.admit(
      app,
      fake.event(room, 'created', { number: 101, at, text: 'late' }),
      fake.event(room, 'created', { number: 102, at: Date.now() - 60_000, text: 'in time' }),
    );
    await fake.heard(app);

    const [late, inTime] = await app.events(number, 'message.posted');
    expect(late?.late).toBe(true);
    expect(Date.parse(late?.displayAt ?? '')).toBe(at);
    expect(inTime?.late).toBe(false);
    expect(Math.abs(Date.parse(inTime?.displayAt ?? '') - Date.parse(inTime?.at ?? ''))).toBeLessThan(1_000);
  });

  it('does not lose what is said in a room while the room is still being made', async () => {
    await fake.told(app);
    fake.chat.fault('room', 'silent-after', Infinity);
    const before = fake.chat.rooms().length;
    const { number } = await app.anIncident();
    await until('the chat has the room', () => fake.chat.rooms().length > before);
    const room = fake.chat.rooms().at(-1)?.id ?? '';
    expect((await fake.mirrors(app, number))[0]?.name).toBeNull();

    await fake.says('mia', room, 'already here');
    await fake.says('mia', room, 'and again');
    fake.chat.heal();
    await until('both', async () => (await app.texts(number)).length === 2);

    expect(await fake.room(app, number)).toBe(room);
    expect(await app.texts(number)).toEqual(['already here', 'and again']);
  });

  it('answers commands in other rooms while a room is being made', async () => {
    await fake.told(app);
    fake.chat.fault('room', 'silent-after', Infinity);
    const before = fake.chat.rooms().length;
    const { number } = await app.anIncident();
    await until('the chat has the room', () => fake.chat.rooms().length > before);

    const { deliveries } = await fake.chat.command('mia', lobby, 'incident', 'help');

    expect(JSON.stringify(deliveries[0]?.body)).toContain('declares a new incident');
    expect((await fake.mirrors(app, number))[0]?.name).toBeNull();
    fake.chat.heal();
    await fake.room(app, number);
  });

  it('leaves what is said in rooms of others alone', async () => {
    const before = await app.database.query('select count(*) from message');
    await fake.says('mia', lobby, 'lunch?');
    await fake.heard(app);
    expect(await app.database.query('select count(*) from message')).toEqual(before);
  });

  it('calls people by their name as soon as the chat tells it', async () => {
    const { number, room } = await aRoom();
    fake.chat.fault('people', 'error-before');
    await fake.says('tim', room, 'first');
    await until('the first', async () => (await app.texts(number)).length === 1);
    const [before] = await app.database.query(`select person_id, profile_at from account where native_user = 'tim'`);
    expect(before).toMatchObject({ profile_at: null });

    await fake.says('tim', room, 'second');
    await until('the second', async () => (await app.texts(number)).length === 2);

    expect(await app.database.query(`select person_id, profile_at is not null as known from account where native_user = 'tim'`)).toEqual([
      { person_id: (before as { person_id: string }).person_id, known: true },
    ]);
  });

  async function aRoom(): Promise<{ number: string; room: string }> {
    const { number } = await app.anIncident();
    const room = await fake.room(app, number);
    await fake.told(app);
    return { number, room };
  }
});
