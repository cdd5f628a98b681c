import type { Content, Inline, RoomRef } from '@musterhq/chat-port';
import type { TeamsBody } from '../src/content/render.ts';
import { type Stage, said, stage } from './stage.ts';

const who = ({ harness }: Stage, user: string): { adapter: string; tenant: string; user: string } => ({
  adapter: 'teams',
  tenant: harness.tenant,
  user,
});

const line = (...c: Inline[]): Content => ({ blocks: [{ t: 'p', c }], summary: 'a line' });
const text = (v: string): Inline => ({ t: 'text', v });

async function shown(s: Stage, room: RoomRef, content: Content) {
  const { id } = await said(s, room, content);
  return (await s.harness.observed(room)).find((message) => message.id === id);
}

describe('Calling somebody by name in Teams', () => {
  it('notifies them, and shows the words as they were written', async () => {
    await using s = await stage();
    const mia: Inline = { t: 'mention', who: who(s, '29:mia'), name: 'Mia Chen' };

    const message = await shown(s, await s.harness.room(), line(mia, text(' please look at *it* & <at>Ben</at>')));

    expect(message).toMatchObject({ pinged: ['29:mia'], text: '@Mia Chen please look at *it* & <at>Ben</at>' });
  });

  it('notifies two people who have one name, each once', async () => {
    await using s = await stage();
    const [one, other] = ['29:ana1', '29:ana2'].map((user): Inline => ({ t: 'mention', who: who(s, user), name: 'Ana' }));

    const message = await shown(s, await s.harness.room(), line(one!, text(' or '), other!, text(', or '), one!));

    expect(message?.pinged).toEqual(['29:ana1', '29:ana2']);
  });

  it('makes nothing of a name but a name', async () => {
    await using s = await stage();
    const odd: Inline = { t: 'mention', who: who(s, '29:odd'), name: '</at><at>Ben</at> [x](https://evil.example.test) **B**' };

    const room = await s.harness.room();
    const { parts } = s.harness.adapter.messages.render(line(odd), room);

    expect((parts[0]?.body as TeamsBody).attachments[0].content).toMatchObject({
      body: [{ type: 'RichTextBlock' }, { type: 'TextBlock', text: '<at>at at Ben at x https evil.example.test B</at>' }],
    });
    expect((await shown(s, room, line(odd)))?.pinged).toEqual(['29:odd']);
  });

  it('notifies nobody of another tenant, no group and not all, and says so', async () => {
    await using s = await stage();
    const room = await s.harness.room();
    const others: Inline[] = [
      { t: 'mention', who: { ...who(s, '29:mia'), tenant: 'fabrikam' }, name: 'Mia' },
      { t: 'mention', who: { group: 'oncall' } },
      { t: 'mention', who: 'everyone' },
    ];

    const { losses } = s.harness.adapter.messages.render(line(...others), room);

    expect(losses.map(({ feature }) => feature)).toEqual(['mention.user', 'mention.user', 'mention.everyone']);
    expect((await shown(s, room, line(...others)))?.pinged).toEqual([]);
  });

  it('names whoever is called in the part in which they are', async () => {
    await using s = await stage();
    const room = await s.harness.room();
    const long = text('word '.repeat(1_500));
    const mention = (n: number): Inline => ({ t: 'mention', who: who(s, `29:p${n}`), name: `P ${n}` });
    const content: Content = { blocks: [1, 2].map((n) => ({ t: 'p', c: [mention(n), long] })), summary: 'two' };

    const { parts } = s.harness.adapter.messages.render(content, room);

    expect(
      parts.map(({ body }) => (body as TeamsBody).attachments[0].content.msteams?.entities?.map(({ mentioned }) => mentioned.id)),
    ).toEqual([['29:p1'], ['29:p2']]);
  });

  it('is heard as meaning them, where a person does it', async () => {
    await using s = await stage();
    const { room } = await s.harness.room();
    const { told } = s.harness.teams.say('mia', room, 'who looks?', { toUs: true, calls: ['ben'] });

    await s.harness.receive(s.harness.teams.told(told));

    const [heard] = s.inlet.ofType('message.created').map(({ event }) => event.type === 'message.created' && event.message.content.blocks);
    expect(heard).toEqual([{ t: 'p', c: [text('Muster '), { t: 'mention', who: who(s, '29:ben'), name: 'ben' }, text(' who looks?')] }]);
  });
});
