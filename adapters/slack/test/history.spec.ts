import type { History, Page, RoomRef } from '@musterhq/chat-port';
import { post, soon, stage, type Stage, valueOf, words } from './stage.ts';

async function all({ harness }: Stage, room: RoomRef, q: Partial<Parameters<History['page']>[0]> = {}): Promise<Page[]> {
  const pages: Page[] = [];
  let cursor: string | undefined;
  do {
    const { history } = harness.adapter;
    if (!history) throw new Error('no history');
    const page = valueOf(await history.page({ room, limit: 100, ...q, ...(cursor ? { cursor } : {}) }, soon()));
    pages.push(page);
    cursor = page.complete ? undefined : page.cursor;
  } while (cursor && pages.length < 50);
  return pages;
}
const said = (pages: readonly Page[]): string[] =>
  pages.flatMap(({ envelopes }) =>
    envelopes.flatMap(({ event }) => (event.type === 'message.created' ? [event.message.content.summary] : [])),
  );

describe('Reading what was missed in Slack', () => {
  it('reads the threads it meets on the way, each message once', async () => {
    await using it = await stage();
    const room = await it.harness.room();
    const mia = it.harness.person('mia');
    const { ts: threadTs } = await mia.say(room.room, 'the root');
    await mia.say(room.room, 'elsewhere');
    for (const text of ['reply 1', 'reply 2', 'reply 3']) await mia.say(room.room, text, { threadTs });

    const pages = await all(it, room, { limit: 2 });

    expect(said(pages).sort()).toEqual(['elsewhere', 'reply 1', 'reply 2', 'reply 3', 'the root']);
  });

  it('reads new replies in a thread whose root is in the time asked for, and leaves out the old', async () => {
    await using it = await stage();
    const room = await it.harness.room();
    const mia = it.harness.person('mia');
    const { ts: threadTs } = await mia.say(room.room, 'the root');
    await mia.say(room.room, 'early', { threadTs });
    it.harness.advance(60_000);
    const after = it.harness.now();
    it.harness.advance(1_000);
    await mia.say(room.room, 'late', { threadTs });

    expect(said(await all(it, room, { thread: threadTs, after }))).toEqual(['late']);
    expect(said(await all(it, room, { after }))).toEqual([]);
  });

  it('goes on where a thread is deleted while its channel is read', async () => {
    await using it = await stage();
    const room = await it.harness.room();
    const mia = it.harness.person('mia');
    const { ts: gone } = await mia.say(room.room, 'a root');
    const reply = await mia.say(room.room, 'its reply', { threadTs: gone });
    const { ts: other } = await mia.say(room.room, 'another root');
    await mia.say(room.room, 'another reply', { threadTs: other });
    const { history } = it.harness.adapter;
    const channel = valueOf(await history!.page({ room, limit: 100 }, soon()));

    await mia.remove(room.room, reply.ts);
    await mia.remove(room.room, gone);
    const rest: Page[] = [];
    for (let { cursor } = channel; cursor;) {
      const page = valueOf(await history!.page({ room, limit: 100, cursor }, soon()));
      rest.push(page);
      cursor = page.cursor;
    }

    expect(said([channel, ...rest])).toEqual(['a root', 'another root', 'another reply']);
  });

  it('gives each page in the order of saying', async () => {
    await using it = await stage();
    const room = await it.harness.room();
    for (const text of ['one', 'two', 'three']) await it.harness.person('mia').say(room.room, text);

    expect(said(await all(it, room))).toEqual(['one', 'two', 'three']);
  });

  it('keeps our own messages and their keys, reactions and pins', async () => {
    await using it = await stage();
    const room = await it.harness.room();
    const id = await post(it, room, 'k1', words('ours'));
    await it.harness.person('mia').react(room.room, id, 'eyes');
    await it.harness.person('mia').pin(room.room, id);

    const [page] = await all(it, room);

    expect(page?.envelopes).toMatchObject([{ id: `${room.room}:${id}`, event: { message: { origin: 'self', key: 'k1' } } }]);
    const users = [{ adapter: 'slack', tenant: room.tenant, user: it.harness.person('mia').user.id }];
    expect(page?.state).toEqual({ reactions: { [id]: ['eyes'] }, pins: [id], reactedBy: { [id]: [{ emoji: 'eyes', users }] } });
  });

  it('says that more people reacted than Slack names', async () => {
    await using it = await stage();
    const room = await it.harness.room();
    const { ts } = await it.harness.person('mia').say(room.room, 'everybody likes this');
    for (let n = 0; n < 51; n += 1) {
      const somebody = it.harness.person(`somebody ${n}`);
      await somebody.join(room.room);
      await somebody.react(room.room, ts, 'eyes');
    }

    const [page] = await all(it, room);

    const [eyes] = page?.state?.reactedBy?.[ts] ?? [];
    expect(eyes).toMatchObject({ emoji: 'eyes', more: true });
    expect(eyes?.users).toHaveLength(50);
  });

  it('tells what is pinned, in threads too, and by whom, unless it was we', async () => {
    await using it = await stage();
    const room = await it.harness.room();
    const mia = it.harness.person('mia');
    const ours = await post(it, room, 'k1', words('ours'));
    const { ts: threadTs } = await mia.say(room.room, 'the root');
    const { ts: reply } = await mia.say(room.room, 'the reply', { threadTs });
    await it.harness.adapter.rooms?.change(room, { pin: { room, id: ours } }, soon());
    await mia.pin(room.room, reply);

    const pinned = valueOf(await it.harness.adapter.history!.pins!(room, soon()));

    expect(pinned).toEqual([
      { message: { room, id: ours } },
      { message: { room, id: reply, thread: threadTs }, by: { adapter: 'slack', tenant: room.tenant, user: mia.user.id } },
    ]);
  });

  it('leaves out what Slack says by itself', async () => {
    await using it = await stage();
    const room = await it.harness.room();
    await it.harness.person('bo').join(room.room);
    await it.harness.person('mia').setTopic(room.room, 'SEV1');

    expect(said(await all(it, room))).toEqual([]);
  });

  it('says when to come again where Slack rations its history', async () => {
    await using it = await stage();
    const room = await it.harness.room();
    for (let i = 0; i < 20; i += 1) await it.harness.person('mia').say(room.room, String(i));
    it.harness.shortPages(15);

    const [first, second] = await all(it, room);

    expect(first).toMatchObject({ complete: false });
    expect(first?.notBefore).toBeGreaterThan(it.harness.now() + 55_000);
    expect(second?.notBefore).toBeUndefined();
  });
});
