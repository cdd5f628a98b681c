import { Inbox } from '#src/platform/inbox/inbox';
import { FakeChat } from '#test/rooms/fake-chat';
import { useApp } from '#test/support/app';
import { until } from '#test/support/until';
import { Rehearsal, lineOf } from './rehearsal.ts';

describe('A drill in which the chat', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ platforms: [fake.platform] });

  beforeAll(() => fake.join(app));

  it('takes nothing: what is said there is heard all the while, and what is written here gets there afterwards, once', async () => {
    const drill = new Rehearsal(app, fake);
    await drill.breaks({ fault: 'writes' });
    await fake.says('mia', drill.room, 'heard in between');
    await drill.has('heard in between');
    await drill.says('parked');
    await app.says(drill.number, 'written in between');
    expect(fake.said(drill.room)).not.toContain('written in between');
    const report = await drill.ends();

    expect(fake.said(drill.room).filter((text) => text === 'written in between')).toEqual(['written in between']);
    expect(lineOf(report, 'What was written here')).toMatchObject({ is: 'kept' });
    expect(lineOf(report, 'What was told in')).toMatchObject({ is: 'unmeasured' });
  }, 180_000);

  it('is gone: neither side has what the other says until it is back, and then both have all of it', async () => {
    const drill = new Rehearsal(app, fake);
    await drill.breaks({ fault: 'everything' });
    await fake.says('mia', drill.room, 'said there');
    await drill.says('parked');
    await app.says(drill.number, 'said here');
    expect(await app.texts(drill.number)).not.toContain('said there');
    expect(fake.said(drill.room)).not.toContain('said here');
    await drill.ends();

    expect((await app.texts(drill.number)).sort()).toEqual(['said here', 'said there']);
    expect(fake.said(drill.room)).toContain('said here');
  }, 180_000);

  it('tells all at once afterwards, late, in disorder and several times: each is in the room once, in the order of its saying', async () => {
    const drill = new Rehearsal(app, fake);
    await drill.breaks({ fault: 'flood' });
    const said = ['first', 'second', 'third'];
    const times: string[] = [];
    app.get(Inbox).onAdmitted((instance, batch) => {
      if (instance === `drill-${drill.id}`)
        times.push(...batch.flatMap(({ event }) => (event.type === 'message.created' ? event.message.content.summary : [])));
    });
    for (const text of said) {
      await fake.says('mia', drill.room, text);
      // What is said within one millisecond has no order that a chat could tell.
      const then = Date.now();
      await until('a later moment', () => Date.now() > then);
    }
    await drill.says('parked');
    const report = await drill.ends();

    const posted = (await app.events(drill.number, 'message.posted')).sort(
      (a, b) => a.displayAt.localeCompare(b.displayAt) || a.seq - b.seq,
    );
    expect(times.filter((text) => text === 'second').length).toBeGreaterThanOrEqual(3);
    expect(posted.map((event) => event.type === 'message.posted' && event.data.text)).toEqual(said);
    expect(lineOf(report, 'The gap is closed')).toMatchObject({ came: expect.stringMatching(/^after/) });
  }, 180_000);

  it('falls in earnest: the drill ends at once, so that nobody takes the one for the other', async () => {
    const drill = new Rehearsal(app, fake);
    await drill.breaks({ fault: 'silent' });
    await app.api('POST', '/api/v1/chats/fake/word', { word: 'down' });
    const over = await drill.is('over');
    await app.api('POST', '/api/v1/chats/fake/word', { word: 'back' });
    await until('the chat is well', async () => !JSON.stringify((await app.api('GET', '/api/v1/chats')).body).includes('"down"'));

    expect(over).toMatchObject({ cutShort: 'real-trouble', say: expect.stringContaining('The fake itself fell') });
  }, 180_000);
});
