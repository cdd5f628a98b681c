import { makeContext } from '@musterhq/adapter-testkit';
import type { AdapterContext, Attempt, ChatAdapter, Room, RoomSpec } from '@musterhq/chat-port';
import type { KeptMessage } from '../simulator/conversations.ts';
import { teamsPlugin } from '../src/plugin.ts';
import { asRead } from './as-read.ts';
import { type Stage, said, soon, stage } from './stage.ts';

const spec = (o: Partial<RoomSpec> = {}): RoomSpec => ({
  key: 'inc-1',
  name: 'INC-1 Checkout is failing',
  topic: 'SEV1, nobody leads',
  private: false,
  members: [],
  ...o,
});

const create = (adapter: ChatAdapter, o?: Partial<RoomSpec>): Promise<Attempt<Room>> => adapter.rooms!.create(spec(o), soon());

async function created({ harness }: Stage, o?: Partial<RoomSpec>): Promise<Room> {
  const made = await create(harness.adapter, o);
  if (made.outcome !== 'done') throw new Error(`Not made: ${JSON.stringify(made)}`);
  return made.value;
}

/** What outlives an adapter. */
function contextOf({ harness: { teams, channel } }: Stage): AdapterContext {
  const { appId, tenant, serviceUrl, url: loginUrl, openIdMetadataUrl, secret } = teams;
  const config = { appId, tenantId: tenant, channel, serviceUrl, loginUrl, openIdMetadataUrl };
  return makeContext({ instance: 'teams', config, secrets: { client_secret: secret } });
}

const inChannel = ({ harness }: Stage): readonly KeptMessage[] => harness.teams.conversations.of(harness.channel!).messages;
const words = (messages: readonly KeptMessage[]): string[] => messages.map((message) => asRead(message).text);

describe('An incident in Teams', () => {
  it('is a thread in the channel that was chosen for it, begun with its name and how it stands', async () => {
    await using s = await stage({ kind: 'thread' });

    const room = await created(s);
    const reply = await said(s, room.ref, 'Mia looks into it');

    const [root, beneath] = inChannel(s);
    expect(words([root!])).toEqual(['INC-1 Checkout is failing\nSEV1, nobody leads']);
    expect(room).toMatchObject({ ref: { room: `${s.harness.channel};messageid=${root?.id}` }, name: 'INC-1 Checkout is failing' });
    expect(room.permalink).toContain(`/l/message/${encodeURIComponent(s.harness.channel!)}/${root?.id}?`);
    expect(beneath).toMatchObject({ id: reply.id, thread: root?.id });
    expect(reply.thread).toBeUndefined();
  });

  it('hears what people answer in its thread as said in its room, and knows their threads elsewhere', async () => {
    await using s = await stage({ kind: 'thread' });
    const { teams } = s.harness;
    const { ref } = await created(s);
    const root = inChannel(s)[0]!.id;
    const elsewhere = teams.conversations.add('general', 'channel').id;
    const question = teams.say('ben', elsewhere, 'what is going on?').message.id;

    await s.harness.receive(teams.told(teams.say('mia', s.harness.channel!, 'the database is full', { thread: root }).told));
    await s.harness.receive(teams.told(teams.say('ben', elsewhere, 'anybody?', { thread: question }).told));

    const [heard, asked] = s.inlet.ofType('message.created').map(({ event }) => event.type === 'message.created' && event.message.ref);
    expect(heard).toMatchObject({ room: ref });
    expect(heard).not.toHaveProperty('thread');
    expect(asked).toMatchObject({ room: { room: elsewhere }, thread: question });
  });

  it('has one thread, however often it is asked for, and after a restart too', async () => {
    await using s = await stage({ kind: 'thread' });
    const context = contextOf(s);
    const before = await teamsPlugin.create(context);
    const [first, second] = await Promise.all([create(before), create(before)]);
    await before.close();

    const after = await teamsPlugin.create(context);
    const third = await create(after);
    await after.close();

    expect(first).toMatchObject({ outcome: 'done' });
    expect(second).toEqual(first);
    expect(third).toEqual(first);
    expect(inChannel(s)).toHaveLength(1);
  });

  it('has none where it is private, because everybody in the team would read it', async () => {
    await using s = await stage({ kind: 'thread' });

    const made = await create(s.harness.adapter, { private: true });

    expect(made).toMatchObject({
      outcome: 'refused',
      fault: { code: 'unsupported', detail: expect.stringContaining('war room') as string },
    });
    expect(inChannel(s)).toEqual([]);
  });

  it('is not known to have one when the answer was lost', async () => {
    await using s = await stage({ kind: 'thread' });
    s.harness.fault('room', 'error-after');

    expect(await create(s.harness.adapter)).toMatchObject({ outcome: 'unknown' });
    expect(s.harness.requests('room')).toBe(1);
  });

  it('is called otherwise, and stands otherwise, in the first message of its thread', async () => {
    await using s = await stage({ kind: 'thread' });
    const { ref } = await created(s);
    const rooms = s.harness.adapter.rooms!;

    const renamed = await rooms.change(ref, { name: 'INC-1 Payments are failing' }, soon());
    await rooms.change(ref, { topic: 'SEV2, Mia leads' }, soon());

    expect(renamed).toMatchObject({ outcome: 'done', value: { ref, name: 'INC-1 Payments are failing' } });
    expect(words(inChannel(s))).toEqual(['INC-1 Payments are failing\nSEV2, Mia leads']);
    expect(await rooms.get(ref, soon())).toMatchObject({ value: { name: 'INC-1 Payments are failing', topic: 'SEV2, Mia leads' } });
    expect(await rooms.get({ ...ref, room: `${ref.room}0` }, soon())).toEqual({ outcome: 'done', value: null, settled: true });
    expect(await rooms.change(ref, { archived: true }, soon())).toMatchObject({ outcome: 'refused', fault: { code: 'unsupported' } });
  });

  it('is not begun while nobody can say whether it was before', async () => {
    await using s = await stage({ kind: 'thread' });
    const kv = { get: () => Promise.reject(new Error('the database is away')), set: () => Promise.resolve() };
    const adapter = await teamsPlugin.create({ ...contextOf(s), kv });

    expect(await create(adapter)).toMatchObject({ outcome: 'refused', fault: { code: 'unavailable' } });
    await adapter.close();
    expect(s.harness.requests('room')).toBe(0);
  });

  it('has no rooms where no channel was chosen, and names no tenant for them', async () => {
    await using s = await stage();
    let tenant: string | undefined;
    s.harness.adapter.health$.subscribe((health) => (tenant = health.tenant));

    expect(s.harness.adapter.rooms).toBeUndefined();
    expect(s.harness.adapter.capabilities().features).not.toHaveProperty(['room.create']);
    expect(tenant).toBeUndefined();
  });
});
