import type { Place } from '@musterhq/adapter-testkit';
import type { RoomEventOf } from '#libs/war-room-protocol/events';
import { Inbox } from '#src/platform/inbox/inbox';
import { MirrorTrouble } from '#src/rooms/gaps/mirror-trouble.service';
import { useApp } from '#test/support/app';
import { until } from '#test/support/until';
import { FakeChat } from './fake-chat.ts';
import { type Somebody, somebody } from './somebody.ts';

describe('Learning after an outage who reacted, and what was pinned', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform] });
  let ana: Somebody;
  let number: string;
  let room: string;

  beforeAll(async () => {
    await fake.join(app);
    ana = await somebody(app, 'Ana Ruiz');
  });
  beforeEach(async () => {
    ({ number } = await app.anIncident());
    room = await fake.room(app, number);
    await fake.told(app);
  });
  afterEach(() => fake.chat.up());

  it('learns what was given and taken back, as if it had been heard, and counts it', async () => {
    const [said, place] = await heard('rolling back');
    await fake.chat.react('mia', place, 'eyes');
    await fake.heard(app);
    await down();
    await fake.chat.react('mia', place, 'eyes', false);
    await fake.chat.react('bo', place, '+1');
    await fake.chat.react('bo', await fake.says('mia', room, 'said meanwhile'), 'tada');

    expect(await back()).toMatchObject({ inbound: 1, learnt: { reactions: 3, pins: 0, mayLack: [] } });

    const [, , , tada] = await reacted();
    expect(await reacted()).toMatchObject([
      { by: 'mia', messageId: said, emoji: 'eyes', on: true },
      ...[
        { by: 'bo', messageId: said, emoji: '+1', on: true },
        { by: 'mia', messageId: said, emoji: 'eyes', on: false },
      ],
      { by: 'bo', emoji: 'tada', on: true },
    ]);
    expect((await app.events(number, 'message.posted')).at(-1)).toMatchObject({ id: tada?.messageId });
  });

  it('learns everything once, however often the chat falls', async () => {
    const [, place] = await heard('rolling back');
    await down();
    await fake.chat.react('mia', place, 'eyes');
    await fake.chat.pin('mia', place);
    await back();
    await down();
    await fake.says('mia', room, 'again');

    expect(await back(2)).toMatchObject({ inbound: 1, learnt: { reactions: 0, pins: 0 } });

    expect(await reacted()).toHaveLength(1);
    expect(await app.events(number, 'message.pinned')).toHaveLength(1);
  });

  it('takes a reaction of ours, which stands for somebody elsewhere, for nobody’s', async () => {
    const [said] = await heard('rolling back');
    await ana.does(number, 'react', { messageId: said, emoji: 'eyes', on: true });
    await fake.told(app);
    await down();
    await fake.says('mia', room, 'something');

    expect(await back()).toMatchObject({ learnt: { reactions: 0 } });

    expect(await reacted()).toMatchObject([{ by: 'Ana Ruiz' }]);
  });

  it('counts two accounts of one person as one, and brings nothing back that they took back here', async () => {
    const [first, one] = await heard('first');
    const [second, other] = await heard('second');
    await fake.chat.react('mia', one, 'eyes');
    await fake.heard(app);
    const undo = await joined('mia', ana.person.id);
    await down();
    await ana.does(number, 'react', { messageId: first, emoji: 'eyes', on: false });
    await ana.does(number, 'react', { messageId: second, emoji: 'tada', on: true });
    await fake.chat.react('mia', other, 'tada');

    await back();

    expect(await reacted()).toMatchObject([
      { messageId: first, emoji: 'eyes', on: true },
      { messageId: first, emoji: 'eyes', on: false },
      { messageId: second, emoji: 'tada', on: true },
    ]);
    await undo();
  });

  it('learns what was pinned and unpinned, and by whom, where the chat says it', async () => {
    const [evidence, one] = await heard('evidence');
    const [mistake, other] = await heard('no evidence');
    await fake.chat.pin('mia', other);
    await fake.heard(app);
    await down();
    await fake.chat.pin('bo', one);
    await fake.chat.pin('bo', other, false);

    expect(await back()).toMatchObject({ learnt: { reactions: 0, pins: 2, mayLack: [] } });

    const [, ...learnt] = (await app.events(number, 'message.pinned')) as RoomEventOf<'message.pinned'>[];
    expect(learnt.map(({ by, data }) => ({ by: by?.name, ...data }))).toMatchObject([
      { by: 'bo', messageId: evidence, on: true },
      { by: undefined, messageId: mistake, on: false },
    ]);
  });

  it('does not take off the timeline what was pinned here while the chat could not be told', async () => {
    const [evidence] = await heard('evidence');
    await down();
    await ana.does(number, 'pin', { messageId: evidence, on: true });

    expect(await back()).toMatchObject({ learnt: { pins: 0 } });

    expect(await app.events(number, 'message.pinned')).toMatchObject([{ by: { name: 'Ana Ruiz' }, data: { on: true } }]);
  });

  it('says what the chat did not tell, and does not let anybody’s words wait for it', async () => {
    await down();
    await app.says(number, 'waits');
    await fake.chat.up();
    fake.chat.fault('pins', 'error-before', Infinity);

    expect(await caughtUp()).toMatchObject({ outbound: 1, learnt: { reactions: 0, pins: 0, mayLack: ['pins'] } });
  });

  it('learns a while later of what had been said hours before', async () => {
    const [said, place] = await hoursAgo('rolling back');
    await fake.chat.pin('mia', place);
    await fake.heard(app);
    await down();
    await fake.chat.react('bo', place, 'eyes');
    await fake.chat.pin('mia', place, false);
    expect(await back()).toMatchObject({ learnt: { reactions: 0, pins: 0 } });

    await app.database.query('update gap set look_back_at = clock_timestamp() where look_back_at is not null');
    await until('both', async () => (await reacted()).length === 1 && (await app.events(number, 'message.pinned')).length === 2);

    expect(await reacted()).toMatchObject([{ by: 'bo', messageId: said, emoji: 'eyes', on: true }]);
    expect((await app.events(number, 'message.pinned')).at(-1)).toMatchObject({ by: null, data: { messageId: said, on: false } });
  });

  it('believes what is heard live more than a history that was asked for before', async () => {
    const [, place] = await heard('rolling back');
    await down();
    await back();
    const askedAt = Date.now();
    await fake.chat.react('mia', place, 'eyes');
    await fake.chat.react('mia', place, 'eyes', false);
    await fake.chat.pin('mia', place);
    await fake.chat.pin('mia', place, false);
    await fake.heard(app);
    const [gap] = await app.database.query<{ id: string }>('select g.id from gap g join mirror m on m.id = g.mirror_id where m.room = $1', [
      room,
    ]);
    const ref = { adapter: fake.id, tenant: fake.chat.tenant, room };
    const mark = { target: { room: ref, id: String(place.number) }, user: { ...ref, user: 'mia' }, added: true };
    const found = { lane: room, at: askedAt, redelivery: 0 };

    await app.get(Inbox).admit(
      fake.id,
      [
        { ...found, id: 'found: a reaction', event: { type: 'reaction', ...mark, emoji: 'eyes' } },
        { ...found, id: 'found: a pin', event: { type: 'pin', ...mark } },
      ],
      gap?.id,
    );
    await fake.heard(app);

    expect((await reacted()).map(({ on }) => on)).toEqual([true, false]);
    expect(await app.events(number, 'message.pinned')).toHaveLength(2);
  });

  /** Said there, and in the room: the message's id, and where it is in the chat. */
  async function heard(words: string): Promise<[string, Place]> {
    const place = await fake.says('mia', room, words);
    const message = await until(words, async () =>
      (await app.events(number, 'message.posted')).find(
        ({ type, data }) => type === 'message.posted' && 'text' in data && data.text === words,
      ),
    );
    return [message.id, place];
  }

  /** Before anything that is read of the room after the outage. */
  async function hoursAgo(words: string): Promise<[string, Place]> {
    const [id, place] = await heard(words);
    const message = fake.chat.world.message(room, place.number);
    Object.assign(message, { at: message.at - 3 * 3_600_000 });
    await app.database.query(`update message_copy set said_at = said_at - interval '3 hours' where message_id = $1`, [id]);
    await app.database.query(`update event set occurred_at = occurred_at - interval '3 hours' where id = $1`, [id]);
    return [id, place];
  }

  /** Whose account that is there, an admin says that they are somebody else here. */
  async function joined(account: string, person: string): Promise<() => Promise<unknown>> {
    await app.database.query(
      `insert into person_join (person_id, to_id, one_id, may_as, evidence)
       select person_id, $2, $2, $2, 'admin' from account where instance = 'fake' and native_user = $1`,
      [account, person],
    );
    return () => app.database.query('delete from person_join');
  }

  async function down(): Promise<void> {
    fake.chat.down('silent', 'refused');
    const goodAt = new Date();
    await trouble((tx, it) => it.suspect(tx, fake.surface, goodAt, 'a look was missed'));
    await trouble((tx, it) => it.park(tx, fake.surface, goodAt, 'three looks were missed'));
  }

  async function back(times = 1): Promise<RoomEventOf<'gap.closed'>['data'] | undefined> {
    await fake.chat.up();
    return caughtUp(times);
  }

  /** What the room is told when it has caught up, for the so many-th time. */
  async function caughtUp(times = 1): Promise<RoomEventOf<'gap.closed'>['data'] | undefined> {
    await trouble((tx, it) => it.catchUp(tx, fake.surface, new Date()));
    const closed = await until('it has caught up', async () => {
      const all = (await app.events(number, 'gap.closed')) as RoomEventOf<'gap.closed'>[];
      return all.length === times && all;
    });
    return closed.at(-1)?.data;
  }

  function trouble(act: (tx: Parameters<MirrorTrouble['suspect']>[0], it: MirrorTrouble) => Promise<void>): Promise<void> {
    return app.database.transaction((tx) => act(tx, app.get(MirrorTrouble)));
  }

  async function reacted(): Promise<{ by: string | undefined; messageId: string; emoji: string; on: boolean }[]> {
    const all = (await app.events(number, 'message.reacted')) as RoomEventOf<'message.reacted'>[];
    return all.map(({ by, data }) => ({ by: by?.name, ...data }));
  }
});
