import type { Envelope, HistoryQuery, MessageRef, Page, RoomRef, Send } from '@musterhq/chat-port';
import { aadIdOf } from '../simulator/activities.ts';
import type { KeptMessage } from '../simulator/conversations.ts';
import { type Stage, said, soon, stage, words } from './stage.ts';

async function pageOf({ harness }: Stage, q: Partial<HistoryQuery> & Pick<HistoryQuery, 'room'>): Promise<Page> {
  const read = await harness.adapter.history!.page({ limit: 50, ...q }, soon());
  if (read.outcome !== 'done') throw new Error(`Not read: ${JSON.stringify(read)}`);
  return read.value;
}

const wordsIn = ({ envelopes }: Pick<Page, 'envelopes'>): string[] =>
  envelopes.flatMap(({ event }: Envelope) => (event.type === 'message.created' ? [event.message.content.summary] : []));

const sendOf = ({ harness }: Stage, room: RoomRef, key: string): Send => ({
  key,
  room,
  part: harness.adapter.messages.render(words(key), room).parts[0]!,
});

const find = ({ harness }: Stage, send: Send) => harness.adapter.messages.reconcile!(send, harness.now(), soon());

/** Of the thread's own conversation. */
const keptAs = ({ harness }: Stage, { room, id }: MessageRef): KeptMessage => {
  const [channel = ''] = room.room.split(';');
  return harness.teams.conversations.of(channel).messages.find((message) => message.id === id)!;
};

describe('What was said in Teams, read by Graph', () => {
  it('has people by the ids that Teams tells us of them, whether we have heard them or not, and those who left by the directory’s', async () => {
    await using s = await stage({ kind: 'thread', read: true });
    const room = await s.harness.room();
    const { message } = await s.harness.inject({ do: 'say', room, text: 'heard', by: 'mia' });
    const thread = room.room.split('=')[1]!;
    s.harness.teams.say('bo', s.harness.channel!, 'not heard', { thread });
    s.harness.teams.say('eve', s.harness.channel!, 'and left since', { thread });
    s.harness.teams.leave('eve', s.harness.channel!);

    const { envelopes } = await pageOf(s, { room });

    const authors = envelopes.map(({ event }) => event.type === 'message.created' && event.message.author.user);
    expect(authors).toEqual(['29:mia', '29:bo', aadIdOf('eve')]);
    expect(message).toBeDefined();
  });

  it('tells who reacts now, by the names that live reactions have', async () => {
    await using s = await stage({ kind: 'thread', read: true });
    const room = await s.harness.room();
    const { teams, channel, tenant } = s.harness;
    const kept = (text: string): KeptMessage => teams.say('mia', channel!, text, { thread: room.room.split('=')[1]! }).message;
    const [looked, plain] = [kept('look at this'), kept('nobody minds this')];
    for (const by of ['bo', 'mia']) teams.say(by, channel!, 'hello');
    for (const [by, type] of [
      ['bo', 'like'],
      ['mia', 'like'],
      ['mia', '👀'],
    ] as const)
      teams.mark(by, looked, type);
    for (const added of [true, false]) teams.mark('bo', plain, 'heart', added);

    const { state } = await pageOf(s, { room });

    const [bo, mia] = ['29:bo', '29:mia'].map((user) => ({ adapter: 'teams', tenant, user }));
    expect(state?.reactedBy).toEqual({
      [looked.id]: [
        { emoji: '+1', users: [bo, mia] },
        { emoji: 'eyes', users: [mia] },
      ],
    });
    expect(state?.reactions).toEqual({ [looked.id]: ['+1', 'eyes'] });
  });

  it('has a channel’s replies with their threads, and reads a thread by itself that does not fit on the page', async () => {
    await using s = await stage({ kind: 'room-channel' });
    const room = await s.harness.room();
    const { teams } = s.harness;
    const root = teams.say('mia', room.room, 'root').message.id;
    for (const text of ['a', 'b', 'c', 'd']) teams.say('bo', room.room, text, { thread: root });
    teams.say('mia', room.room, 'other');

    const first = await pageOf(s, { room, limit: 3 });
    const pages = [first];
    for (let last = first; last.cursor !== undefined; pages.push(last)) last = await pageOf(s, { room, limit: 3, cursor: last.cursor });

    expect(wordsIn(await pageOf(s, { room }))).toEqual(['root', 'a', 'b', 'c', 'd', 'other']);
    expect(wordsIn(first)).toEqual(['root', 'other']);
    expect(pages.flatMap(wordsIn).sort()).toEqual(['a', 'b', 'c', 'd', 'other', 'root']);
  });

  it('passes over a thread that was deleted while its channel was read', async () => {
    await using s = await stage({ kind: 'room-channel' });
    const room = await s.harness.room();
    const { teams } = s.harness;
    const { message } = teams.say('mia', room.room, 'root');
    for (const text of ['a', 'b']) teams.say('bo', room.room, text, { thread: message.id });
    const { cursor } = await pageOf(s, { room, limit: 1 });
    const conversation = teams.conversations.of(room.room);
    conversation.messages.splice(0);

    expect(await pageOf(s, { room, limit: 1, cursor: cursor! })).toMatchObject({ envelopes: [], complete: true });
  });

  it('cannot tell whether a message is there while one of ours stands there without its key, or was taken away', async () => {
    await using s = await stage({ kind: 'thread', read: true });
    const room = await s.harness.room();
    expect(await find(s, sendOf(s, room, 'never-sent'))).toBe('absent');
    const { id } = await said(s, room, 'ours');
    expect(await find(s, sendOf(s, room, 'never-sent'))).toBe('absent');

    const kept = keptAs(s, { room, id });
    kept.activity = { type: 'message', text: 'without a card' };
    expect(await find(s, sendOf(s, room, 'never-sent'))).toBe('cannot-tell');
    s.harness.teams.remove('mia', kept);
    expect(await find(s, sendOf(s, room, 'never-sent'))).toBe('cannot-tell');
  });

  it('shows what Graph was slow to list as soon as it lists it', async () => {
    await using s = await stage({ kind: 'thread', read: true });
    const room = await s.harness.room();
    s.harness.teams.graph.lagMs = 5_000;
    const send = sendOf(s, room, 'slow');
    await s.harness.adapter.messages.send(send, soon());

    expect(await find(s, send)).toBe('absent');
    s.harness.advance(5_000);
    expect(await find(s, send)).toMatchObject({ found: { message: { room } } });
  });

  it('keeps the key of a message that is changed, also where it was not kept beside it', async () => {
    await using s = await stage({ kind: 'thread', read: true });
    const room = await s.harness.room();
    const { adapter, teams } = s.harness;
    const send = sendOf(s, room, 'first');
    const sent = await adapter.messages.send(send, soon());
    if (sent.outcome !== 'done') throw new Error('Not sent');
    const after = await s.restarted();

    const changed = await after.messages.edit!(sent.value.message, { key: 'second', part: sendOf(s, room, 'second').part }, soon());
    await after.close();

    expect(changed).toMatchObject({ outcome: 'done' });
    expect(JSON.stringify(keptAs(s, sent.value.message).activity)).toContain('"muster:first"');
    expect(teams.conversations.of(s.harness.channel!).messages).toHaveLength(2);
  });

  it('names the permission where the app may not read, and says nothing of what is there', async () => {
    await using s = await stage({ kind: 'thread', read: true });
    const room = await s.harness.room();
    s.harness.teams.graph.granted.delete('ChannelMessage.Read.Group');

    expect(await s.harness.adapter.history!.page({ room, limit: 5 }, soon())).toMatchObject({
      outcome: 'refused',
      fault: { code: 'forbidden', detail: expect.stringContaining('ChannelMessage.Read.Group') as string },
    });
    expect(await find(s, sendOf(s, room, 'who-knows'))).toBe('cannot-tell');
  });
});
