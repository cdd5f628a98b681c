import { uuidv7 } from 'uuidv7';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { until } from '#test/support/until';
import { FakeChat } from './fake-chat.ts';

const ROLES = ['web', 'ingest', 'worker'] as const;
const NOT_ALLOWED = 'The fake does not let Muster write there: ask whoever looks after The fake.';

describe('Saying again what a chat did not take', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ roles: ROLES, platforms: [fake.platform] });
  let ana: SomePerson;
  let number: string;
  let room: string;
  beforeAll(async () => {
    await fake.join(app);
    ana = await SomePerson.of(app, 'Ana Ruiz', 'member');
  });
  beforeEach(async () => {
    ({ number } = await app.anIncident());
    room = await fake.room(app, number);
    await fake.told(app);
  });

  const { post } = fake.chat.api;
  const missing = async () => (await fake.mirrors(app, number))[0];

  /** The chat refuses these for good, and then takes everything again. */
  async function refused(...texts: readonly string[]): Promise<string[]> {
    fake.chat.api.post = () => Promise.resolve({ status: 403 });
    const ids: string[] = [];
    for (const text of texts) ids.push(await app.says(number, text));
    await fake.told(app);
    fake.chat.api.post = post;
    return ids;
  }

  it('tells what was refused from what nobody knows, and says what to do about it', async () => {
    const [messageId] = await refused('lost words');

    expect(await missing()).toMatchObject({ waiting: [], doubtful: [], refused: [{ messageId, why: NOT_ALLOWED }] });
  });

  it('is done by anybody in the room, once, and the room is told who asked', async () => {
    const [messageId, other] = await refused('lost words', 'other words');
    const id = uuidv7();

    const done = await ana.does(number, 'say-again', { messageId }, id);
    await fake.told(app);

    expect(done).toMatchObject({
      status: 200,
      body: { seq: expect.any(Number) as number, say: '1 message is said again in The fake, unless it is there already.' },
    });
    expect(fake.said(room)).toEqual(['lost words']);
    expect(await missing()).toMatchObject({ refused: [{ messageId: other }] });
    expect((await ana.does(number, 'say-again', { messageId }, id)).body).toEqual(done.body);
    expect((await ana.does(number, 'say-again', { messageId })).body).toMatchObject({ seq: null });
    await fake.told(app);
    expect(fake.said(room)).toEqual(['lost words']);
    expect(await app.events(number, 'say-again.asked')).toMatchObject([
      { by: { name: 'Ana Ruiz' }, data: { messageId, surfaces: [{ id: 'fake', name: 'The fake' }], count: 1 } },
    ]);
  });

  it('is done for everything of the room by a command, in the order in which it was said, and for no other room', async () => {
    await refused('first words', 'second words');
    const elsewhere = { number, room };
    ({ number } = await app.anIncident());
    room = await fake.room(app, number);
    await refused('third words');

    const { body } = await app.does(elsewhere.number, 'command', { text: '/say-again' });
    await fake.told(app);

    expect(body).toMatchObject({ say: expect.stringMatching(/^2 messages are said again in The fake/) });
    expect(fake.said(elsewhere.room)).toEqual(['first words', 'second words']);
    expect(fake.said(room)).toEqual([]);
  });

  it('says a message as it reads now, and none that was deleted', async () => {
    const [edited, deleted] = await refused('the password is 1234', 'never mind');
    await app.does(number, 'edit', { messageId: edited, text: 'the password is in the vault' });
    await app.does(number, 'delete', { messageId: deleted });
    await fake.told(app);
    expect((await missing())?.refused).toMatchObject([{ messageId: edited }]);

    await ana.does(number, 'say-again', {});
    await fake.told(app);

    expect(fake.said(room)).toEqual(['the password is in the vault']);
    expect(JSON.stringify(fake.chat.world.room(room).messages)).not.toContain('1234');
  });

  it('says nothing where nothing is missing, and answers that', async () => {
    await app.says(number, 'heard by all');
    await fake.told(app);

    expect((await ana.does(number, 'say-again', {})).body).toMatchObject({
      seq: null,
      say: expect.stringMatching(/^Nothing is left to say again/),
    });
    expect(fake.said(room)).toEqual(['heard by all']);
  });

  it('does not say in a public room what became private meanwhile', async () => {
    await refused('lost words');
    await app.does(number, 'privacy', { private: true });

    await app.does(number, 'say-again', {});
    await fake.told(app);

    expect(fake.said(room).join()).not.toContain('lost words');
  });

  it('is refused for a message of another room, and for an id that did something else', async () => {
    const [messageId] = await refused('lost words');
    const elsewhere = await app.anIncident();

    expect((await ana.does(elsewhere.number, 'say-again', { messageId })).status).toBe(404);
    expect((await ana.does(number, 'say-again', { messageId }, messageId)).status).toBe(409);
  });
});

describe('Saying again what nobody knows', () => {
  const mute = new FakeChat('mute', { echo: 'none', reconcile: 'none' });
  const deaf = new FakeChat('deaf', { echo: 'none' });
  const app = useApp({ roles: ROLES, platforms: [mute.platform, deaf.platform] });
  let ana: SomePerson;
  beforeAll(async () => {
    await mute.join(app);
    await deaf.join(app);
    ana = await SomePerson.of(app, 'Ana Ruiz', 'member');
  });
  afterEach(() => {
    mute.chat.heal();
    deaf.chat.heal();
  });

  async function inDoubt(
    fake: FakeChat,
    how: 'reset-before' | 'reset-after',
  ): Promise<{ number: string; room: string; messageId: string }> {
    const { number } = await app.anIncident();
    const room = await fake.room(app, number);
    await mute.told(app);
    await deaf.told(app);
    fake.chat.fault('send', how);
    fake.chat.fault('history', 'error-before', Infinity);
    const messageId = await app.says(number, 'nobody knows');
    await fake.told(app);
    expect((await fake.mirrors(app, number))[0]).toMatchObject({ doubtful: [messageId], refused: [] });
    fake.chat.heal();
    return { number, room, messageId };
  }
  const decided = (fake: FakeChat, number: string) =>
    until('it is decided', async () => {
      const [mirror] = await fake.mirrors(app, number);
      return mirror?.doubtful.length === 0 && mirror.waiting.length === 0;
    });

  it.each(['reset-before', 'reset-after'] as const)('looks first, and says only what is not there: %s', async (how) => {
    const { number, room, messageId } = await inDoubt(deaf, how);

    await ana.does(number, 'say-again', { messageId });
    await decided(deaf, number);

    expect(deaf.said(room)).toEqual(['nobody knows']);
  });

  it('says it where the chat cannot be looked into: a person decided, for one more time', async () => {
    const { number, room, messageId } = await inDoubt(mute, 'reset-after');
    mute.chat.fault('send', 'reset-after');

    await ana.does(number, 'say-again', { messageId });
    await until('it was said', () => mute.said(room).length === 2);
    await until('nobody knows again', async () => (await mute.mirrors(app, number))[0]?.doubtful.length === 1);

    expect(mute.said(room)).toEqual(['nobody knows', 'nobody knows']);
  });

  it('is written down in the log of the organisation, with who asked', async () => {
    const { number, messageId } = await inDoubt(mute, 'reset-before');

    await ana.does(number, 'say-again', { messageId });
    await decided(mute, number);

    expect(
      await app.database.query(
        `select e.type, e.actor ->> 'name' as by from event e join delivery d on e.data -> 'key' ->> 0 = d.id::text
          where e.type like 'quarantine.%' and d.message_id = $1 order by e.seq`,
        [messageId],
      ),
    ).toEqual([
      { type: 'quarantine.put-aside', by: null },
      { type: 'quarantine.replay-asked', by: 'Ana Ruiz' },
      { type: 'quarantine.replayed', by: 'Ana Ruiz' },
    ]);
  });

  it('asks nothing twice while a worker is at it', async () => {
    const { number, messageId } = await inDoubt(mute, 'reset-before');

    const answers = await Promise.all([1, 2, 3].map(() => ana.does(number, 'say-again', { messageId })));
    await decided(mute, number);

    expect(answers.filter(({ body }) => (body as { seq: number | null }).seq !== null)).toHaveLength(1);
    expect(mute.said(await mute.room(app, number))).toEqual(['nobody knows']);
  });

  it('changes in the chat what was edited while nobody knew, whether it was there or not', async () => {
    const { number, room, messageId } = await inDoubt(deaf, 'reset-after');
    await app.does(number, 'edit', { messageId, text: 'now somebody knows' });
    await deaf.told(app);

    await ana.does(number, 'say-again', { messageId });
    await decided(deaf, number);

    expect(deaf.said(room)).toEqual(['now somebody knows']);
  });

  it.each<[string, object, readonly string[]]>([
    ['edit', { text: 'now somebody knows' }, ['now somebody knows']],
    ['delete', {}, []],
  ])('does there what became of it meanwhile (%s) as soon as the chat shows that it has it', async (act, body, left) => {
    const { number, room, messageId } = await inDoubt(deaf, 'reset-after');
    await app.does(number, act, { messageId, ...body });
    await deaf.told(app);
    expect(deaf.said(room)).toEqual(['nobody knows']);

    const [delivery] = await app.database.query<{ id: string }>(`select id from delivery where message_id = $1 and operation = 'send'`, [
      messageId,
    ]);
    const echo = deaf.event(room, 'created', { number: Number(deaf.posts(room)[0]?.id), origin: 'self' });
    if (echo.event.type === 'message.created') Object.assign(echo.event.message, { key: `${delivery?.id}.0` });
    await deaf.admit(app, echo);

    await until('it is so there', () => JSON.stringify(deaf.said(room)) === JSON.stringify(left));
  });
});
