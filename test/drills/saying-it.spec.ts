import { FakeChat } from '#test/rooms/fake-chat';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { until } from '#test/support/until';
import { Rehearsal } from './rehearsal.ts';

describe('Saying in the room of a drill that its chat is down', () => {
  const fake = new FakeChat('fake');
  const app = useApp({ platforms: [fake.platform] });
  const drill = new Rehearsal(app, fake);
  let ana: SomePerson;

  beforeAll(async () => {
    await fake.join(app);
    ana = await SomePerson.of(app, 'Ana Ruiz', 'admin');
    await app.anIncident({ title: 'Checkout is failing' });
    await fake.room(app, 'INC-1');
    await drill.breaks({ fault: 'writes' });
  }, 120_000);

  it('is said of the view that broke, with or without the name of the chat: the chat itself is relied on, and the drill goes on', async () => {
    const down = await ana.does(drill.number, 'command', { text: '/chat-down' });
    await drill.says('parked');
    const back = await ana.does(drill.number, 'command', { text: '/chat-back The fake' });

    expect(down).toMatchObject({ status: 200, body: { say: expect.stringContaining('The fake (drill) is down') } });
    expect(back).toMatchObject({ status: 200, body: { say: expect.stringContaining('The fake (drill)') } });
    await until('both words are taken', async () => (await app.database.query('select 1 from chat_word')).length === 0);
    expect((await app.api('GET', '/api/v1/chats')).body).toMatchObject({ chats: [{ id: 'fake', state: 'ok' }] });
    expect((await fake.mirrors(app, 'INC-1')).map(({ state }) => state)).toEqual(['open']);
    expect(await drill.view()).toMatchObject({ phase: 'broken', cutShort: null });
    const { changes } = (await app.api('GET', '/api/v1/audit')).body as { changes: { type: string; what: string; after: string }[] };
    expect(changes.filter(({ type }) => type === 'surface.said').map(({ what, after }) => [what, after])).toEqual([
      ['The fake (drill)', 'down'],
      ['The fake (drill)', 'back'],
    ]);
  }, 120_000);

  it('is said of the chat itself in every other room, and ends the drill', async () => {
    const { body } = await ana.does('INC-1', 'command', { text: '/chat-down' });

    expect(body).toMatchObject({ say: expect.stringContaining('Everybody is told that The fake is down') });
    expect(await drill.is('over')).toMatchObject({ cutShort: 'real-trouble' });
  }, 120_000);
});
