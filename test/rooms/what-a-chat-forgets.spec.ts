import type { RoomEvent } from '#libs/war-room-protocol/events';
import type { ChatPlatform } from '#src/platform/chats/plugins';
import { MirrorTrouble } from '#src/rooms/gaps/mirror-trouble.service';
import { useApp } from '#test/support/app';
import { until } from '#test/support/until';
import { FakeChat } from './fake-chat.ts';

type Closed = Extract<RoomEvent, { type: 'gap.closed' }>['data'];

describe('Merging with a chat that does not keep its past', () => {
  const forgetful = new FakeChat('forgetful', { kept: { messages: 3 } });
  const unreadable = new FakeChat('unreadable');
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [forgetful.platform, withoutPast(unreadable.platform)] });
  let number: string;

  beforeAll(() => Promise.all([forgetful.join(app), unreadable.join(app)]));
  beforeEach(async () => ({ number } = await app.anIncident()));
  afterEach(() => Promise.all([forgetful.chat.up(), unreadable.chat.up()]));

  it('brings in what is still there, and says in both rooms what could not be read', async () => {
    const room = await roomIn(forgetful);
    await down(forgetful);
    for (const n of [1, 2, 3, 4, 5]) await forgetful.says('mia', room, `there ${n}`);

    await back(forgetful);
    const closed = await theGapIsClosed(forgetful);

    expect(await app.texts(number)).toEqual(['there 3', 'there 4', 'there 5']);
    expect(closed).toMatchObject({ inbound: 3, unreadUntil: expect.any(String) as string });
    const { from, to, unreadUntil = '' } = closed;
    expect(from < unreadUntil && unreadUntil <= to).toBe(true);
    expect(forgetful.said(room).at(-1)).toMatch(/What was said here before .* could not be read any more: say it again/);
  });

  it('says nothing of what was forgotten and had been heard', async () => {
    const room = await roomIn(forgetful);
    for (const n of [1, 2, 3, 4, 5]) await forgetful.says('mia', room, `before ${n}`);
    await forgetful.heard(app);
    await down(forgetful);
    await forgetful.says('mia', room, 'meanwhile');

    await back(forgetful);

    expect(await theGapIsClosed(forgetful)).not.toHaveProperty('unreadUntil');
    expect(await app.texts(number)).toHaveLength(6);
  });

  it('says of a chat that nobody can read that all of it could not be read', async () => {
    const room = await roomIn(unreadable);
    await down(unreadable);
    await unreadable.says('mia', room, 'nobody hears this');

    await back(unreadable);

    const { inbound, to, unreadUntil } = await theGapIsClosed(unreadable);
    expect({ inbound, unreadUntil }).toEqual({ inbound: 0, unreadUntil: to });
  });

  it('does not say again what the chat may have had and does not keep', async () => {
    const room = await roomIn(forgetful);
    forgetful.chat.fault('send', 'lost');
    await app.says(number, 'said long ago');
    await forgetful.told(app);
    for (const n of [1, 2, 3, 4]) await forgetful.says('mia', room, `since ${n}`);

    await app.database.query('update unswept set due_at = clock_timestamp()');
    await until('it was looked for', async () => (await unswept()).length === 0);
    await forgetful.told(app);

    expect(forgetful.said(room)).not.toContainEqual(expect.stringContaining('said long ago'));
  });

  /** What was said in this room and is still to be looked for. */
  function unswept(): Promise<unknown[]> {
    return app.database.query(
      `select 1 from unswept u join delivery d on d.id = u.delivery_id join message m on m.id = d.message_id where m.text = 'said long ago'`,
    );
  }

  async function roomIn(chat: FakeChat): Promise<string> {
    const room = await chat.room(app, number);
    await chat.told(app);
    return room;
  }

  /** The chat falls, and Muster has noticed. */
  async function down({ chat, surface }: FakeChat): Promise<void> {
    chat.down('silent', 'refused');
    await app.database.transaction((tx) => app.get(MirrorTrouble).park(tx, surface, new Date(), 'three looks were missed'));
  }

  async function back({ chat, surface }: FakeChat): Promise<void> {
    await chat.up();
    await app.database.transaction((tx) => app.get(MirrorTrouble).catchUp(tx, surface, new Date()));
  }

  async function theGapIsClosed(chat: FakeChat): Promise<Closed> {
    const closed = await until(
      'the gap is closed',
      async () => (await app.events(number, 'gap.closed')).find((event) => event.type === 'gap.closed'),
      30_000,
    );
    await chat.told(app);
    return closed.data;
  }
});

function withoutPast({ plugin, ...platform }: ChatPlatform): ChatPlatform {
  return {
    ...platform,
    plugin: {
      ...plugin,
      async create(context) {
        const { history: _history, ...adapter } = await plugin.create(context);
        return adapter;
      },
    },
  };
}
