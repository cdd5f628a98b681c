import { randomUUID } from 'node:crypto';
import type { FaultKind } from '@musterhq/adapter-testkit';
import type { RoomEventOf } from '#libs/war-room-protocol/events';
import { useApp } from '#test/support/app';
import { until } from '#test/support/until';
import { FakeChat } from './fake-chat.ts';
import { type Somebody, somebody } from './somebody.ts';

describe('Carrying changes of messages to a chat', () => {
  const fake = new FakeChat('fake');
  const other = new FakeChat('other');
  const app = useApp({ roles: ['web', 'ingest', 'worker'], platforms: [fake.platform, other.platform] });
  let ana: Somebody;
  beforeAll(async () => {
    await fake.join(app);
    await other.join(app);
    ana = await somebody(app, 'Ana Ruiz');
  });
  afterEach(() => {
    fake.chat.heal();
    other.chat.heal();
  });

  async function aRoom(): Promise<{ number: string; room: string; elsewhere: string }> {
    const { number } = await app.anIncident();
    const [room, elsewhere] = [await fake.room(app, number), await other.room(app, number)];
    await quiet();
    return { number, room, elsewhere };
  }
  async function quiet(): Promise<void> {
    await fake.heard(app);
    await other.heard(app);
    await fake.told(app);
    await other.told(app);
  }
  const words = (chat: FakeChat, room: string): string[] => chat.said(room).map((text) => text.split('\n').at(-1) ?? '');
  /** Beside the card. */
  const pinnedIn = ({ chat }: FakeChat, room: string): string[] => {
    const cards = chat.observed(room).filter(({ text }) => text.includes('Severity: '));
    return [...chat.world.room(room).pins.keys()].map(String).filter((id) => cards.every((card) => card.id !== id));
  };
  const reactionsOn = (chat: FakeChat, room: string, id: string): Record<string, string[]> =>
    Object.fromEntries([...chat.chat.world.message(room, Number(id)).reactions].map(([emoji, who]) => [emoji, [...who]]));

  it('edits our copy in its place and takes it away', async () => {
    const { number, room, elsewhere } = await aRoom();
    const said = await ana.says(number, 'Rolback');
    await quiet();
    const [before] = fake.posts(room);

    await ana.does(number, 'edit', { messageId: said, text: 'Rollback' });
    await quiet();

    expect(words(fake, room)).toEqual(['Rollback']);
    expect(words(other, elsewhere)).toEqual(['Rollback']);
    expect(fake.posts(room)[0]?.id).toBe(before?.id);

    await ana.does(number, 'delete', { messageId: said });
    await quiet();

    expect(fake.posts(room)).toEqual([]);
    expect(other.posts(elsewhere)).toEqual([]);
    expect(await app.events(number, 'message.deleted')).toHaveLength(1);
  });

  it.each<FaultKind>(['error-before', 'error-after', 'reset-after', 'rate-limited', 'garbage'])(
    'ends with the last words, said once, also when the first attempt ends like this: %s',
    async (kind) => {
      const { number, room } = await aRoom();
      const said = await ana.says(number, 'one');
      await quiet();
      fake.chat.fault('edit', kind);

      await ana.does(number, 'edit', { messageId: said, text: 'two' });
      await ana.does(number, 'edit', { messageId: said, text: 'three' });
      await ana.says(number, 'after it');
      await quiet();

      expect(words(fake, room)).toEqual(['three', 'after it']);
    },
  );

  it('says a message that was edited before it could be said once, as it reads now, and a deleted one never', async () => {
    const { number, room } = await aRoom();
    fake.chat.fault('send', 'rate-limited', 1, {});
    await ana.says(number, 'first');
    const [edited, deleted] = [await ana.says(number, 'Rolback'), await ana.says(number, 'oops')];
    await ana.does(number, 'edit', { messageId: edited, text: 'Rollback' });
    await ana.does(number, 'delete', { messageId: deleted });
    await quiet();

    expect(words(fake, room)).toEqual(['first', 'Rollback']);
  });

  it('says a correction beneath what somebody said in the chat themselves', async () => {
    const { number, room, elsewhere } = await aRoom();
    await fake.says('mia', room, 'Rolback');
    await until('heard', async () => (await app.texts(number)).length === 1);
    await quiet();
    const [posted] = await app.events(number, 'message.posted');
    const messageId = (posted as RoomEventOf<'message.posted'>).data.messageId;
    await app.does(number, 'delete', { messageId });
    await quiet();

    const [line] = fake.posts(room);
    expect(line?.text).toContain("Mia's message was deleted in the war room.");
    expect(line?.thread).toBe('2');
    expect(other.posts(elsewhere)).toEqual([]);
  });

  it('says a correction where the chat refuses the edit', async () => {
    const { number, room } = await aRoom();
    const said = await ana.says(number, 'Rolback');
    await quiet();
    const [copy] = fake.posts(room);
    const { edit } = fake.chat.api;
    fake.chat.api.edit = (at, ...rest) => (at === room ? Promise.resolve({ status: 403 }) : edit.call(fake.chat.api, at, ...rest));

    await ana.does(number, 'edit', { messageId: said, text: 'Rollback' });
    await quiet();
    fake.chat.api.edit = edit;

    const [first, correction] = fake.posts(room);
    expect(first?.text).toContain('Rolback');
    expect(correction).toMatchObject({ thread: copy?.id });
    expect(correction?.text).toMatch(/Ana Ruiz's message was corrected in the war room. It now says:\s+Rollback/);
  });

  it('says an answer in the open when its thread is gone', async () => {
    const { number, room } = await aRoom();
    const asked = await ana.says(number, 'Is it the pool?');
    await quiet();
    const copy = fake.posts(room)[0]?.id ?? '';
    const { messages } = fake.chat.world.room(room);
    messages.splice(
      messages.findIndex((message) => String(message.number) === copy),
      1,
    );

    await ana.says(number, 'Yes', asked);
    await quiet();

    expect(words(fake, room)).toEqual(['Yes']);
  });

  it('leaves a copy alone that somebody deleted in the chat', async () => {
    const { number, room } = await aRoom();
    const said = await ana.says(number, 'one');
    await quiet();
    await fake.chat.remove('mia', { room, number: Number(fake.posts(room)[0]?.id) });
    await quiet();

    await ana.does(number, 'edit', { messageId: said, text: 'two' });
    await ana.says(number, 'goes on');
    await quiet();

    expect(words(fake, room)).toEqual(['goes on']);
  });

  it('edits a message of several parts, with more parts and with fewer', async () => {
    const { number, room } = await aRoom();
    const long = (letter: string, times: number): string =>
      Array.from({ length: times }, (_, n) => `${letter}${n} ${'x'.repeat(200)}`).join('\n\n');
    const said = await ana.says(number, long('a', 25));
    await quiet();
    const before = fake.posts(room).length;
    expect(before).toBeGreaterThan(1);

    await ana.does(number, 'edit', { messageId: said, text: long('b', 45) });
    await quiet();
    const more = fake.posts(room);
    expect(more.length).toBeGreaterThan(before);
    expect(more.slice(before).every(({ thread }) => thread === more[0]?.id)).toBe(true);
    expect(more.map(({ text }) => text).join(' ')).toContain('b44');
    expect(more.map(({ text }) => text).join(' ')).not.toContain('a0');

    await ana.does(number, 'edit', { messageId: said, text: 'short' });
    await quiet();
    expect(words(fake, room)).toEqual(['short']);
  });

  it('answers in the thread of what is answered, both ways', async () => {
    const { number, room, elsewhere } = await aRoom();
    const place = await fake.says('mia', room, 'Is it the pool?');
    await until('the question', async () => (await app.texts(number)).length === 1);
    const [question] = await app.events(number, 'message.posted');
    const asked = (question as RoomEventOf<'message.posted'>).data.messageId;

    const said = await ana.says(number, 'Yes', asked);
    await quiet();
    expect(fake.posts(room)).toMatchObject([{ thread: String(place.number) }]);
    expect(other.posts(elsewhere)[1]?.thread).toBe(other.posts(elsewhere)[0]?.id);

    await fake.chat.say('mia', room, 'Thanks', { thread: place.number });
    await until('the thanks', async () => (await app.texts(number)).length === 3);
    expect((await app.events(number, 'message.posted')).at(-1)).toMatchObject({ data: { text: 'Thanks', replyTo: asked } });
    await ana.says(number, 'Anytime', said);
    await quiet();
    expect(fake.posts(room).at(-1)?.thread).toBe(String(place.number));
  });

  it('shows one reaction of ours for everybody elsewhere, until the last of them takes it back', async () => {
    const { number, room } = await aRoom();
    const said = await ana.says(number, 'Rolling back');
    await quiet();
    const id = fake.posts(room)[0]?.id ?? '';

    await ana.does(number, 'react', { messageId: said, emoji: '👍', on: true });
    await app.does(number, 'react', { messageId: said, emoji: '👍', on: true });
    await quiet();
    expect(reactionsOn(fake, room, id)).toEqual({ '+1': ['muster'] });

    await ana.does(number, 'react', { messageId: said, emoji: '👍', on: false });
    await quiet();
    expect(reactionsOn(fake, room, id)).toEqual({ '+1': ['muster'] });
    await app.does(number, 'react', { messageId: said, emoji: '👍', on: false });
    await quiet();
    expect(reactionsOn(fake, room, id)).toEqual({ '+1': [] });
  });

  it('hears who reacts and what is pinned in a chat, and tells the other chats', async () => {
    const { number, room, elsewhere } = await aRoom();
    const said = await ana.says(number, 'Rolling back');
    await quiet();
    const place = { room, number: Number(fake.posts(room)[0]?.id) };

    await fake.chat.react('mia', place, 'eyes');
    await fake.chat.react('mia', place, 'eyes', true, { times: 2 });
    await fake.chat.pin('mia', place);
    await quiet();

    expect(await app.events(number, 'message.reacted')).toMatchObject([
      { by: { name: 'mia' }, via: { id: 'fake' }, data: { messageId: said, emoji: 'eyes', on: true } },
    ]);
    expect(await app.events(number, 'message.pinned')).toMatchObject([{ by: { name: 'mia' }, data: { messageId: said, on: true } }]);
    const there = other.posts(elsewhere)[0]?.id ?? '';
    expect(reactionsOn(other, elsewhere, there)).toEqual({ eyes: ['muster'] });
    expect(pinnedIn(other, elsewhere)).toEqual([there]);

    await ana.does(number, 'pin', { messageId: said, on: false });
    await quiet();
    expect([...pinnedIn(other, elsewhere), ...pinnedIn(fake, room)]).toEqual([]);
  });

  it('keeps a reaction that comes before its message, until the message comes', async () => {
    const { number, room } = await aRoom();
    const mark = (kind: 'reaction' | 'pin', added: boolean) => ({
      id: `${room}:107:${kind}:${added}:${randomUUID()}`,
      lane: room,
      at: Date.now(),
      redelivery: 0,
      event: {
        type: kind,
        target: { room: { adapter: 'fake', tenant: 'T-fake', room }, id: '107' },
        user: { adapter: 'fake', tenant: 'T-fake', user: 'mia' },
        ...(kind === 'reaction' ? { emoji: 'eyes' } : {}),
        added,
      },
    });

    await fake.admit(
      app,
      mark('reaction', true),
      mark('pin', true),
      mark('pin', false),
      fake.event(room, 'created', { number: 107, text: 'late' }),
    );
    await fake.heard(app);

    expect((await app.events(number)).slice(-4).map(({ type }) => type)).toEqual([
      'message.posted',
      'message.reacted',
      'message.pinned',
      'message.pinned',
    ]);
  });

  it('does not let words wait for a reaction that the chat does not take', async () => {
    const { number, room } = await aRoom();
    const said = await ana.says(number, 'one');
    await quiet();
    fake.chat.fault('react', 'error-before', 1_000);
    const before = fake.chat.requests('react');

    await ana.does(number, 'react', { messageId: said, emoji: '👍', on: true });
    await until('the attempt', () => fake.chat.requests('react') > before);
    await ana.says(number, 'two');
    await until('two is said', () => words(fake, room).includes('two'));

    fake.chat.heal();
    await quiet();
  });

  it("calls whoever is mentioned by the chat's own name for them", async () => {
    const { number, room, elsewhere } = await aRoom();
    await fake.says('zoe', room, 'here');
    await until('zoe', async () => (await app.texts(number)).length === 1);

    await ana.says(number, '@zoe can you look?');
    await quiet();

    expect(fake.posts(room).at(-1)).toMatchObject({ pinged: ['zoe'] });
    expect(other.posts(elsewhere).at(-1)).toMatchObject({ pinged: [] });
    expect(other.posts(elsewhere).at(-1)?.text).toContain('@zoe can you look?');
  });
});
