import type { Attempt, Room, RoomSpec, UserRef } from '@musterhq/chat-port';
import type { Chats } from '../simulator/graph/chats.ts';
import { type Stage, said, soon, stage } from './stage.ts';

const isMaking = (method: string, path: readonly string[]): boolean => method === 'POST' && path.at(-1) === 'chats';
const isInstalling = (path: readonly string[]): boolean => path.at(-1) === 'installedApps';

/** In the team: Mia and Bo, and Gast as a guest. Eve is a stranger. */
async function inChats(): Promise<Stage> {
  const s = await stage({ kind: 'room-chat' });
  const { teams, channel } = s.harness;
  teams.people.introduce('gast', { userRole: 'guest' });
  for (const name of ['mia', 'bo', 'gast']) teams.join(name, channel!);
  return s;
}

const someone = ({ harness }: Stage, name: string): UserRef => ({ adapter: 'teams', tenant: harness.tenant, user: `29:${name}` });

const specOf = (s: Stage, who: readonly string[], o: Partial<RoomSpec> = {}): RoomSpec => ({
  key: 'inc-1',
  name: 'INC-1 Checkout: failing',
  topic: 'SEV1, nobody leads',
  private: true,
  members: who.map((name) => someone(s, name)),
  ...o,
});

const create = (s: Stage, who: readonly string[], o?: Partial<RoomSpec>): Promise<Attempt<Room>> =>
  s.harness.adapter.rooms!.create(specOf(s, who, o), soon());

async function created(s: Stage, who: readonly string[], o?: Partial<RoomSpec>): Promise<Room> {
  const made = await create(s, who, o);
  if (made.outcome !== 'done') throw new Error(`Not made: ${JSON.stringify(made)}`);
  return made.value;
}

const chatsOf = ({ harness }: Stage): Chats => harness.teams.graph.chats;
const insideOf = ({ harness }: Stage, room: string): string[] => [...harness.teams.conversations.of(room).members].sort();
const change = ({ harness }: Stage, { ref }: Room, to: Parameters<NonNullable<typeof harness.adapter.rooms>['change']>[1]) =>
  harness.adapter.rooms!.change(ref, to, soon());

describe('A group chat for each incident, in Teams', () => {
  it('has in it whoever was let in and nobody else, guests among them, and can be spoken in', async () => {
    await using s = await inChats();

    const room = await created(s, ['mia', 'gast']);
    const { id } = await said(s, room.ref, 'Mia looks into it');

    const [chat] = chatsOf(s).all;
    expect(room).toMatchObject({ ref: { room: chat?.id }, name: 'INC-1 Checkout failing', archived: false });
    expect(insideOf(s, chat!.id)).toEqual(['gast', 'mia']);
    expect(s.harness.teams.conversations.of(chat!.id).messages).toMatchObject([{ id, from: 'us' }]);
  });

  it('is one chat for one key, also when it is asked for twice at once', async () => {
    await using s = await inChats();

    const [first, second] = await Promise.all([created(s, ['mia']), created(s, ['mia'])]);
    const third = await created(s, ['mia', 'bo']);

    expect([second.ref, third.ref]).toEqual([first.ref, first.ref]);
    expect(chatsOf(s).all).toHaveLength(1);
  });

  it('is not said to be there when the answer to its making was lost, and a person is asked before there is a second one', async () => {
    await using s = await inChats();
    s.harness.teams.strikeGraph = ({ method, path }) =>
      isMaking(method, path) ? { kind: 'answer', answer: { status: 502 }, applied: true } : undefined;

    expect(await create(s, ['mia'])).toMatchObject({ outcome: 'unknown' });
    expect(chatsOf(s).all).toHaveLength(1);
    expect(s.harness.adapter.capabilities().features['room.create']).toBe('partial');
  });

  it('is made once, whatever became of adding the app to it', async () => {
    await using s = await inChats();
    let struck = 0;
    s.harness.teams.strikeGraph = ({ path }) => {
      if (!isInstalling(path) || struck > 2) return undefined;
      struck += 1;
      return { kind: 'answer', answer: { status: struck === 1 ? 429 : 502, headers: { 'retry-after': '3' } }, applied: struck === 3 };
    };

    const ended = [await create(s, ['mia']), await create(s, ['mia']), await create(s, ['mia'])];
    const room = await created(s, ['mia']);

    expect(ended).toMatchObject([
      { outcome: 'refused', fault: { code: 'rate-limited', retryAfterMs: 3_000 } },
      { outcome: 'refused', fault: { code: 'unavailable' } },
      { outcome: 'refused', fault: { code: 'unavailable' } },
    ]);
    expect(chatsOf(s).all).toHaveLength(1);
    await said(s, room.ref, 'here we are');
  });

  it('waits for a chat that Graph made and does not know everywhere yet', async () => {
    await using s = await inChats();
    chatsOf(s).lagMs = 5_000;

    const meanwhile = await create(s, ['mia']);
    s.harness.advance(5_000);
    const later = await create(s, ['mia']);

    expect(meanwhile).toMatchObject({ outcome: 'refused', fault: { code: 'unavailable', remedy: 'wait' } });
    expect(later).toMatchObject({ outcome: 'done', value: { ref: { room: chatsOf(s).all[0]?.id } } });
    expect(chatsOf(s).all).toHaveLength(1);
  });

  it('is known by where its making can be asked about, where Graph only accepts it', async () => {
    await using s = await inChats();
    chatsOf(s).acceptsOnly = true;

    const room = await created(s, ['mia']);

    expect(room.ref.room).toBe(chatsOf(s).all[0]?.id);
  });

  it('brings in whom Graph lost as it made the chat', async () => {
    await using s = await inChats();
    chatsOf(s).losesOne = true;

    const room = await created(s, ['mia', 'bo']);

    expect(insideOf(s, room.ref.room)).toEqual(['bo', 'mia']);
    expect(room.uninvited).toBeUndefined();
  });

  it('names whoever was to be in it and whom Teams does not know, and is made of nobody else', async () => {
    await using s = await inChats();

    const room = await created(s, ['mia', 'eve']);
    const ofNobody = await create(s, ['eve'], { key: 'inc-2' });

    expect(room.uninvited).toMatchObject([{ user: someone(s, 'eve'), fault: { code: 'not-found' } }]);
    expect(ofNobody).toMatchObject({ outcome: 'refused', fault: { detail: expect.stringContaining('war room') as string } });
    expect(chatsOf(s).all).toHaveLength(1);
  });

  it('knows whoever spoke to it, without their being in the team', async () => {
    await using s = await inChats();
    await s.harness.inject({ do: 'speak-alone', text: 'help', by: 'eve' });

    const room = await created(s, ['eve']);

    expect(insideOf(s, room.ref.room)).toEqual(['eve']);
  });

  it('is a thread that the team reads, where it is not private and Teams knows nobody who takes part', async () => {
    await using s = await inChats();

    const room = await created(s, [], { private: false });

    expect(room.ref.room).toMatch(new RegExp(`^${s.harness.channel}`));
    expect(chatsOf(s).all).toEqual([]);
  });

  it('has people brought in and taken out, each once', async () => {
    await using s = await inChats();
    const room = await created(s, ['mia']);

    const invited = await change(s, room, { invite: [someone(s, 'mia'), someone(s, 'bo'), someone(s, 'eve')] });
    expect(insideOf(s, room.ref.room)).toEqual(['bo', 'mia']);
    const removed = await change(s, room, { remove: [someone(s, 'bo')] });
    const again = await change(s, room, { remove: [someone(s, 'bo')] });

    expect(invited).toMatchObject({ outcome: 'done', value: { uninvited: [{ user: someone(s, 'eve') }] } });
    expect([removed, again]).toMatchObject([{ outcome: 'done' }, { outcome: 'done' }]);
    expect(insideOf(s, room.ref.room)).toEqual(['mia']);
  });

  it('does not say that somebody was taken out of it whom Teams does not name', async () => {
    await using s = await inChats();
    const room = await created(s, ['mia']);
    s.harness.teams.conversations.of(room.ref.room).members.add('eve');

    expect(await change(s, room, { remove: [someone(s, 'eve')] })).toMatchObject({
      outcome: 'refused',
      fault: { code: 'not-found', scope: 'message' },
    });
  });

  it('goes by another name, and has neither a topic nor an end', async () => {
    await using s = await inChats();
    const room = await created(s, ['mia']);

    const renamed = await change(s, room, { name: 'INC-1: Payments' });

    expect(renamed).toMatchObject({ outcome: 'done', value: { name: 'INC-1 Payments' } });
    expect(chatsOf(s).all).toMatchObject([{ topic: 'INC-1 Payments' }]);
    expect(await s.harness.adapter.rooms!.get(room.ref, soon())).toMatchObject({ value: { name: 'INC-1 Payments' } });
    expect(await change(s, room, { archived: true })).toMatchObject({ outcome: 'refused', fault: { code: 'unsupported' } });
    expect(s.harness.adapter.capabilities(room.ref).features).not.toHaveProperty('room.archive');
    expect(s.harness.adapter.capabilities(room.ref).features).not.toHaveProperty('room.topic');
  });

  it.each(['Chat.Create', 'TeamsAppInstallation.ReadWriteAndConsentSelfForChat.All', 'AppCatalog.Read.All'])(
    'says that %s is missing',
    async (permission) => {
      await using s = await inChats();
      s.harness.teams.graph.granted.delete(permission);
      if (permission.startsWith('TeamsApp')) {
        // What was given a moment ago may not be known everywhere.
        expect(await create(s, ['mia'])).toMatchObject({ fault: { code: 'unavailable' } });
        s.harness.advance(120_000);
      }

      expect(await create(s, ['mia'])).toMatchObject({
        outcome: 'refused',
        fault: { code: 'forbidden', remedy: 'ask-admin', detail: expect.stringContaining(permission) as string },
      });
    },
  );

  it('says that the app is not there, or is older than that, before it makes anything', async () => {
    await using s = await inChats();
    chatsOf(s).asks = null;
    const without = await create(s, ['mia']);
    chatsOf(s).asks = ['ChatMessage.Read.Chat'];
    const older = await create(s, ['mia']);

    expect(without).toMatchObject({ outcome: 'refused', fault: { detail: expect.stringContaining('not among the apps') as string } });
    expect(older).toMatchObject({ outcome: 'refused', fault: { detail: expect.stringContaining('is older') as string } });
    expect(chatsOf(s).all).toEqual([]);
  });

  it.each(['thread', 'room-channel'] as const)(
    'is what a private incident gets beside a %s for the others, where that was chosen',
    async (kind) => {
      await using s = await stage({ kind, read: true, privately: 'chat' });
      s.harness.teams.join('mia', s.harness.channel!);

      const secret = await created(s, ['mia']);
      const open = await created(s, ['mia'], { key: 'inc-2', private: false });

      expect(chatsOf(s).all).toMatchObject([{ id: secret.ref.room }]);
      expect(s.harness.teams.conversations.of(open.ref.room.split(';')[0]!).kind).toBe('channel');
      expect(s.harness.adapter.capabilities(secret.ref).features).toMatchObject({ 'room.members': 'full', history: 'full' });
      expect(s.harness.adapter.capabilities(open.ref).features).not.toHaveProperty('room.members');
    },
  );

  it('has its past read by Graph as it was told, with people by the ids that Teams tells us', async () => {
    await using s = await inChats();
    const room = await created(s, ['mia', 'bo']);
    const heard = await s.harness.inject({ do: 'say', room: room.ref, text: 'heard', by: 'mia' });
    const missed = s.harness.teams.say('bo', room.ref.room, 'not heard').message;

    const page = await s.harness.adapter.history!.page({ room: room.ref, limit: 10 }, soon());

    const messages =
      page.outcome === 'done' ? page.value.envelopes.map(({ id, event }) => [id, 'message' in event && event.message?.author.user]) : [];
    expect(messages).toEqual([
      [`${room.ref.room}:${heard.message?.id}`, '29:mia'],
      [`${room.ref.room}:${missed.id}`, '29:bo'],
    ]);
  });
});
