import { useApp } from '#test/support/app';
import { until } from '#test/support/until';
import { WatchedChat } from './watched-chat.ts';

describe('Looking at a chat that shows our own posts in its history only', () => {
  const fake = new WatchedChat({ echo: 'read-back', reconcile: 'none' });
  const app = useApp({ platforms: [fake.platform] });
  let incident: string;
  let room: string;

  beforeAll(async () => {
    await fake.join(app);
    await fake.becomes(app, 'ok');
    incident = (await app.anIncident()).number;
    room = await fake.roomOf(app, incident);
  });

  afterEach(async () => {
    fake.chat.heal();
    await fake.chat.events.loud();
    await fake.becomes(app, 'ok');
    await until('its room', async () => (await fake.mirrorState(app, incident)) === 'open');
  }, 60_000);

  it('changes one message in a private room of its own, reads it there, and says how it is watched', async () => {
    await fake.looksAgain(2);

    const looked = fake.chat.rooms().filter(({ name }) => name.startsWith('muster-canary'));
    expect(looked).toMatchObject([{ isPrivate: true, archived: false }]);
    expect(fake.chat.observed(looked[0]?.id ?? '')).toHaveLength(1);
    const { say } = await until('a proof', async () => {
      const health = await fake.health(app);
      return health.say.includes('Last proven') && health;
    });
    expect(say).toMatch(/^Fake answers. Last proven \d\d:\d\d UTC. What people say there is compared with its history/);
  });

  it('is down when what it took cannot be read there any more', async () => {
    fake.chat.fault('history', 'error-before', Infinity);

    await fake.becomes(app, 'down');
  }, 60_000);

  it('reads what people said while it told Muster nothing, and is not down for that', async () => {
    const before = (await fake.changes(app)).at(-1)?.seq ?? 0;
    fake.chat.events.quiet('silent');

    await fake.chat.say('ana', room, 'said to a Muster that is told nothing');

    await until('what was said', async () => (await app.texts(incident)).includes('said to a Muster that is told nothing'), 40_000);
    const doubt = (await fake.changes(app, before)).find(({ data }) => data.why === 'Something was said there that it did not tell Muster');
    expect(doubt).toMatchObject({ to: 'suspect' });
  }, 90_000);

  it('believes that all is heard where an event brought it', async () => {
    const before = (await fake.changes(app)).at(-1)?.seq ?? 0;
    await fake.chat.say('ana', room, 'said and heard');
    await until('it', async () => (await app.texts(incident)).includes('said and heard'));

    await fake.looksAgain(6);

    expect((await fake.changes(app, before)).filter(({ data }) => data.why.includes('did not tell'))).toEqual([]);
  });
});

describe('Looking at a chat that shows nothing of its past', () => {
  const fake = new WatchedChat({ echo: 'none', reconcile: 'none', hasPast: false });
  const app = useApp({ platforms: [fake.platform] });

  beforeAll(() => fake.join(app));

  it('sees that it takes what is said, and says what nobody watches', async () => {
    const { say } = await until('a proof', async () => {
      const health = await fake.health(app).catch(() => null);
      return health?.say.includes('Last proven') && health;
    });

    expect(say).toMatch(/^Fake answers. Last proven \d\d:\d\d UTC. It shows Muster nothing of what it took/);
    expect(say).toContain('Whether it tells Muster what is said there is not watched: it shows nothing of its past.');
  });

  it('knows without anybody calling it that it takes nothing, and that it does again', async () => {
    fake.chat.down();
    await fake.becomes(app, 'down');

    await fake.chat.up();
    await fake.becomes(app, 'ok');
  }, 60_000);

  it('doubts it while calls fail, and no longer when they do not', async () => {
    await fake.becomes(app, 'ok');
    await app.database.query(
      `insert into chat_call (instance, tenant, operation, good) select 'fake', $1, 'send', false from generate_series(1, 3)`,
      [fake.chat.tenant],
    );

    await until('a doubt', async () => (await fake.changes(app)).some(({ data }) => data.why === '3 calls in a row failed'));

    await fake.becomes(app, 'ok');
  });
});
