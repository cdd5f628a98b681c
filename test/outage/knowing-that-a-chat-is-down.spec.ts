import { useApp } from '#test/support/app';
import { until } from '#test/support/until';
import { WatchedChat } from './watched-chat.ts';

describe('Knowing that a chat is down', () => {
  const fake = new WatchedChat();
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
    await fake.chat.up();
    await fake.becomes(app, 'ok');
  }, 60_000);

  it('looks in one private room of its own, and changes one message there', async () => {
    await fake.looksAgain(2);

    const looked = fake.chat.rooms().filter(({ name }) => name.startsWith('muster-canary'));
    expect(looked).toMatchObject([{ isPrivate: true, archived: false }]);
    expect(fake.chat.observed(looked[0]?.id ?? '')).toHaveLength(1);
  });

  it('says when it was last proven to work', async () => {
    expect((await fake.health(app)).say).toMatch(/^Fake answers. Last proven \d\d:\d\d UTC.$/);
  });

  it('doubts it, calls it down, and parks what waits for it, with the evidence in the log', async () => {
    const before = (await fake.changes(app)).at(-1)?.seq ?? 0;

    fake.chat.down();
    await fake.becomes(app, 'suspect');
    const down = await fake.becomes(app, 'down');

    expect(down.say).toMatch(/^Fake is not answering since \d\d:\d\d UTC. Messages wait and go out when it returns.$/);
    expect(await fake.mirrorState(app, incident)).toBe('parked');
    const changes = await fake.changes(app, before);
    expect(changes.map(({ to }) => to)).toEqual(['suspect', 'down']);
    expect(changes[1]?.data).toMatchObject({ instance: 'fake', name: 'Fake', from: 'suspect', strikes: 3 });
    expect(Date.parse(changes[1]?.data.goodAt ?? '')).toBeLessThanOrEqual(Date.parse(down.since ?? ''));
  });

  it('sees that events stop although every call works', async () => {
    fake.chat.events.quiet('silent');

    await fake.becomes(app, 'down');

    await fake.chat.events.loud();
  });

  it('exchanges what both sides said meanwhile from the first good look on, and then says ok', async () => {
    fake.chat.down();
    await fake.becomes(app, 'down');
    await fake.chat.say('ana', room, 'said there meanwhile');
    await app.says(incident, 'said here meanwhile');
    expect(fake.texts(room)).not.toContainEqual(expect.stringContaining('said here meanwhile'));

    await fake.chat.up();

    await until('what was said there', async () => (await app.texts(incident)).includes('said there meanwhile'));
    await until('what was said here', () => fake.texts(room).some((text) => text.includes('said here meanwhile')));
    await fake.becomes(app, 'ok');
    expect((await fake.changes(app)).slice(-4).map(({ to }) => to)).toEqual(['suspect', 'down', 'recovering', 'ok']);
    expect(await fake.mirrorState(app, incident)).toBe('open');
  }, 60_000);

  it('reads what it missed after a doubt, too', async () => {
    fake.chat.events.quiet('silent');
    await fake.chat.say('ana', room, 'said in a bad moment');
    await fake.becomes(app, 'suspect');
    await fake.chat.events.loud();

    await fake.becomes(app, 'ok');

    await until('what was missed', async () => (await app.texts(incident)).includes('said in a bad moment'));
  });

  it('opens the room of an incident that was declared during the outage when the chat is back', async () => {
    fake.chat.down();
    await fake.becomes(app, 'down');
    const declared = (await app.anIncident({ title: 'Declared in the dark' })).number;
    await until('its parked mirror', async () => (await fake.mirrorState(app, declared)) === 'parked');

    await fake.chat.up();

    await fake.roomOf(app, declared);
  }, 60_000);

  it('opens the room of an incident that was declared while the chat was returning', async () => {
    fake.chat.down();
    await fake.becomes(app, 'down');
    await fake.chat.up();
    await fake.becomes(app, 'recovering');

    const declared = (await app.anIncident({ title: 'Declared at dawn' })).number;

    await fake.roomOf(app, declared);
    await fake.becomes(app, 'ok');
    expect(await fake.mirrorState(app, declared)).toBe('open');
  }, 60_000);

  it('is not moved by refusals for too many calls', async () => {
    const before = (await fake.changes(app)).at(-1)?.seq ?? 0;

    fake.chat.fault('edit', 'rate-limited', Infinity);
    await fake.looksAgain(5);

    expect(await fake.changes(app, before)).toEqual([]);
  });

  it('says what to do when the chat no longer lets Muster in', async () => {
    fake.chat.fault('send', 'unauthorized', Infinity);
    await app.says(incident, 'nobody hears this there');

    const { say } = await fake.becomes(app, 'unauthorized');

    expect(say).toBe(
      'Fake no longer lets Muster in (The chat no longer knows the bot’s token). An admin has to authorise Muster there again.',
    );
  });

  it('opens another room for its looks when somebody archives the first', async () => {
    const first = fake.chat.roomByKey('canary');
    const before = (await fake.changes(app)).at(-1)?.seq ?? 0;

    await fake.chat.archive('ana', first?.id ?? '');

    const second = await until('the other room', () => fake.chat.roomByKey('canary:2'), 20_000);
    await until('a look there', () => fake.chat.observed(second.id).length === 1);
    await fake.becomes(app, 'ok');
    expect((await fake.changes(app, before)).filter(({ to }) => to === 'down')).toEqual([]);
  });
});
