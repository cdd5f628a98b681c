import type { RoomSnapshot } from '#libs/war-room-protocol/views';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { until } from '#test/support/until';
import { PlainBrowser } from '../war-room/pages/browser.ts';
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

    const { say } = await fake.becomes(app, 'down');

    expect(say).toMatch(/^Fake tells Muster nothing since \d\d:\d\d UTC: what is said there is read when it returns/);
    await fake.chat.events.loud();
  });

  it('says that what is said there is heard, when it only takes nothing', async () => {
    fake.chat.fault('edit', 'error-before', Infinity);

    await fake.becomes(app, 'suspect');
    await fake.chat.say('ana', room, 'said while nothing goes there');

    const { say } = await fake.becomes(app, 'down');
    expect(say).toMatch(/^Fake takes nothing since \d\d:\d\d UTC: .* What is said there is heard here\.$/);
    expect((await fake.changes(app)).at(-1)?.data).toMatchObject({ half: 'send' });
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

  it('believes somebody who says that it is down or back, and names them wherever that is told', async () => {
    const di = await SomePerson.of(app, 'Di');
    const before = (await fake.changes(app)).at(-1)?.seq ?? 0;

    const { status, body } = await di.api('POST', '/api/v1/chats/fake/word', { word: 'down' });
    expect([status, body]).toEqual([
      200,
      { say: expect.stringContaining('Everybody is told that Fake is down, and that you say so.') as string },
    ]);

    const down = await fake.becomes(app, 'down');
    expect(down.say).toMatch(/^Fake is down, Di said at \d\d:\d\d UTC. Messages wait/);
    const { mirrors } = (await di.api('GET', `/api/v1/incidents/${incident}/snapshot`)).body as RoomSnapshot;
    expect(mirrors).toMatchObject([{ state: 'parked', saidBy: 'Di' }]);
    const browser = Object.assign(new PlainBrowser(app), { cookie: di.cookie });
    expect((await browser.send('/adapters/fake/word', { word: 'back' })).body).toContain('Muster takes Fake up again');
    await fake.becomes(app, 'recovering');
    await fake.becomes(app, 'ok');

    const changes = await fake.changes(app, before);
    expect(changes.map(({ to, by, data }) => [to, by?.name, data.why])).toEqual([
      ['down', 'Di', 'Di said so'],
      ['recovering', 'Di', 'Di said so'],
      ['ok', undefined, 'It has been well long enough'],
    ]);
    expect((await browser.open('/adapters')).body).toMatch(/Fake<\/b> ok → down: Di said so <small>0 missed in a row, \d of \d calls/);
    const room = (await browser.open(`/lite/i/${incident}`)).body;
    expect(room).toContain('Fake is down, says Di. What is written here waits for it.');
    expect(room).toContain('Fake is back, says Di. Catching up.');
    const { changes: audit } = (await app.api('GET', '/api/v1/audit')).body as { changes: { type: string }[] };
    expect(audit.filter(({ type }) => type === 'surface.said')).toMatchObject([
      { by: { name: 'Di' }, what: 'Fake', before: 'ok', after: 'down' },
      { by: { name: 'Di' }, what: 'Fake', before: 'down', after: 'back' },
    ]);
  }, 60_000);

  it('is told so in a room or in a chat as well, by which name there are several', async () => {
    const before = (await fake.changes(app)).at(-1)?.seq ?? 0;

    expect((await app.does(incident, 'command', { text: '/chat-down Teams' })).body).toMatchObject({
      detail: 'Say which chat you mean: Fake.',
    });
    await app.does(incident, 'command', { text: '/chat-down' });
    await fake.becomes(app, 'down');
    await app.does(incident, 'command', { text: '/chat-back fake' });

    await until('both words', async () => (await fake.changes(app, before)).filter(({ by }) => by !== null).length === 2);
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
