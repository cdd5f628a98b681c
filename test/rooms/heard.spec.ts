import type { HeardView } from '#libs/war-room-protocol/heard';
import { Chats } from '#src/platform/chats/chats';
import { Watching } from '#test/api/read-stream';
import { useApp } from '#test/support/app';
import { until } from '#test/support/until';
import { FakeChat } from './fake-chat.ts';

describe('Where a message has been heard', () => {
  // Slower than elsewhere: an echo that is to come before the answer comes while a call waits, at the fastest pace for one second.
  const fake = new FakeChat('fake', {}, false, 2);
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform] });
  let number: string;
  let room: string;
  let beforeTheAnswer = (): Promise<void> => Promise.resolve();
  beforeAll(async () => {
    await fake.join(app);
    linked();
  });
  beforeEach(async () => {
    ({ number } = await app.anIncident());
    room = await fake.room(app, number);
    await fake.told(app);
  });
  afterEach(() => {
    fake.chat.heal();
    beforeTheAnswer = () => Promise.resolve();
  });

  const heard = async (messageId: string): Promise<HeardView> => {
    const { status, body } = await app.api('GET', `/api/v1/incidents/${number}/messages/${messageId}/heard`);
    expect(status).toBe(200);
    return body;
  };

  it('is in the room, and in a chat once it was said there, with when and a link to it', async () => {
    const messageId = await app.says(number, 'heard by all');
    await fake.told(app);
    const { id } = fake.posts(room).at(-1) ?? {};

    const { at, chats } = await heard(messageId);

    expect(chats).toEqual([
      {
        surface: { id: 'fake', name: 'The fake' },
        state: 'there',
        inDigest: false,
        at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
        permalink: `https://chat.test/${room}/${id}`,
        why: null,
        losses: [],
      },
    ]);
    expect(Date.parse(chats[0]?.at ?? '')).toBeGreaterThanOrEqual(Date.parse(at));
  });

  it('has the link also when its echo comes before the answer', async () => {
    const echo = 'select 1 from message_copy c join message m on m.id = c.message_id where m.text = $1';
    let faster = false;
    beforeTheAnswer = async () => {
      faster = await until('the echo', async () => (await app.database.query(echo, ['heard at once'])).length > 0);
    };

    const messageId = await app.says(number, 'heard at once');

    await until('the link', async () => (await heard(messageId)).chats[0]?.permalink?.startsWith('https://chat.test/'));
    expect(faster).toBe(true);
  });

  it('says what of it the chat cannot show', async () => {
    const messageId = await app.says(number, '| who | since |\n| --- | --- |\n| mia | ten |');
    await fake.told(app);

    expect((await heard(messageId)).chats).toMatchObject([{ state: 'there', losses: ['shown as lines of text'] }]);
  });

  it('is seen on a page as soon as the chat took it, though nothing else happens', async () => {
    const page = await Watching.open(app, number);
    fake.chat.fault('send', 'rate-limited', Infinity, { retryAfterMs: 100 });

    const messageId = await app.says(number, 'not at once');
    await until('it waits', () => page.mirrors.some(([mirror]) => mirror?.waiting.includes(messageId)));
    fake.chat.heal();
    await fake.told(app);

    await until('it is there', () => page.mirrors.at(-1)?.[0]?.waiting.length === 0);
    page.leave();
  });

  it('was there first when somebody wrote it there', async () => {
    await fake.says('mia', room, 'from the chat');
    const event = await until('the message', async () => (await app.events(number, 'message.posted'))[0]);

    expect((await heard(event.id)).chats).toMatchObject([{ state: 'there', at: `${event.displayAt.slice(0, 23)}Z` }]);
  });

  it('waits while the chat takes nothing, and says why when it will not', async () => {
    fake.chat.fault('send', 'rate-limited', Infinity, { retryAfterMs: 60_000 });
    const messageId = await app.says(number, 'not yet');
    await until(
      'it was refused for now',
      async () =>
        (await app.database.query(`select 1 from delivery where status = 'pending' and fault ->> 'code' = 'rate-limited'`)).length > 0,
    );
    expect((await heard(messageId)).chats).toMatchObject([{ state: 'waiting', at: null, permalink: null, why: null }]);
    const { post } = fake.chat.api;
    fake.chat.api.post = () => Promise.resolve({ status: 403 });
    fake.chat.heal();
    await app.database.query(`update delivery set next_at = clock_timestamp() where status = 'pending'`);
    app.doorbell.ring({ topic: 'deliveries', id: number });
    await fake.told(app);
    fake.chat.api.post = post;

    expect((await heard(messageId)).chats).toMatchObject([
      { state: 'refused', why: 'The fake does not let Muster write there: ask whoever looks after The fake.' },
    ]);
  });

  it('is nothing that can be asked of what is no message of the room', async () => {
    const elsewhere = await app.anIncident();
    const messageId = await app.says(elsewhere.number, 'elsewhere');

    for (const id of [messageId, 'nothing', '0190a6e0-0000-7000-8000-000000000000'])
      expect((await app.api('GET', `/api/v1/incidents/${number}/messages/${id}/heard`)).status).toBe(404);
  });

  /** The chat tells where a person can look at what it has. */
  function linked(): void {
    const messages = app.get(Chats).get('fake')?.adapter.messages;
    if (!messages) throw new Error('the chat is not joined');
    const send = messages.send.bind(messages);
    Object.assign(messages, {
      send: async (...given: Parameters<typeof send>) => {
        const sent = await send(...given);
        if (sent.outcome !== 'done') return sent;
        await beforeTheAnswer();
        const { room: where, id } = sent.value.message;
        return { ...sent, value: { ...sent.value, permalink: `https://chat.test/${where.room}/${id}` } };
      },
    });
  }
});
