import type { Room, RoomSpec, UserRef } from '@musterhq/chat-port';
import type { RoomWithPeople } from '../src/outbound/rooms.ts';
import { soon, stage, type Stage, valueOf } from './stage.ts';

const spec = (over: Partial<RoomSpec> = {}): RoomSpec => ({ key: 'key-1', name: 'INC-1 Checkout', private: false, members: [], ...over });

async function create({ harness }: Stage, over: Partial<RoomSpec> = {}): Promise<RoomWithPeople> {
  const { rooms } = harness.adapter;
  if (!rooms) throw new Error('no rooms');
  return valueOf<Room>(await rooms.create(spec(over), soon()));
}
const channels = ({ harness }: Stage): string[] => harness.slack.channels().map(({ name }) => name);
const userRef = ({ harness }: Stage, user: string): UserRef => ({ adapter: 'slack', tenant: harness.tenant, user });

describe('Making a channel for an incident', () => {
  it('names it, says what it is, and brings people in', async () => {
    await using it = await stage();
    const mia = it.harness.person('mia').user.id;

    const room = await create(it, { topic: 'SEV1 <fire> & smoke', members: [userRef(it, mia)] });

    expect(room).toMatchObject({
      name: 'inc-1-checkout',
      key: 'key-1',
      archived: false,
      topic: 'SEV1 <fire> & smoke',
      ref: { tenant: it.harness.tenant },
    });
    expect(it.harness.slack.members(room.ref.room)).toContain(mia);
    expect(await it.harness.adapter.rooms?.get(room.ref, soon())).toMatchObject({
      outcome: 'done',
      value: { key: 'key-1', name: 'inc-1-checkout' },
    });
  });

  it('is the same channel for the same key, once more and at the same time', async () => {
    await using it = await stage();

    const made = await Promise.all([create(it), create(it), create(it, { name: 'INC-1 Checkout!' })]);

    expect(new Set(made.map(({ ref }) => ref.room)).size).toBe(1);
    expect(channels(it)).toEqual(['inc-1-checkout']);
  });

  it('finds its channel again without reading the list of all there are', async () => {
    await using it = await stage();
    it.harness.slack.addFault({ kind: 'reset', when: 'after', on: 'conversations.create', times: 1 });
    await it.harness.adapter.rooms?.create(spec(), soon());
    await it.harness.slack.idle();

    const found = await create(it);
    const again = await create(it);

    expect(again.ref).toEqual(found.ref);
    expect(channels(it)).toEqual(['inc-1-checkout']);
    expect(it.harness.slack.calls().filter(({ method }) => method === 'conversations.list')).toEqual([]);
  });

  it.each(['conversations.create', 'conversations.setPurpose', 'conversations.invite', 'conversations.setTopic'])(
    'is the same channel when the answer to %s was lost',
    async (method) => {
      await using it = await stage();
      const over = { topic: 'SEV1', members: [userRef(it, it.harness.person('mia').user.id)] };
      it.harness.slack.addFault({ kind: 'reset', when: 'after', on: method, times: 1 });
      const lost = await it.harness.adapter.rooms?.create(spec(over), soon());
      expect(lost?.outcome).toBe('unknown');

      const room = await create(it, over);

      expect(channels(it)).toEqual(['inc-1-checkout']);
      expect(room).toMatchObject({ key: 'key-1', topic: 'SEV1' });
      expect(it.harness.slack.members(room.ref.room)).toHaveLength(2);
    },
  );

  it('leaves somebody else’s channel alone, and finds its own under its second name', async () => {
    await using it = await stage();
    await it.harness.person('mia').createChannel('inc-1-checkout');

    const room = await create(it);
    const again = await create(it);

    expect(room.name).toMatch(/^inc-1-checkout-[0-9a-f]{6}$/);
    expect(again.ref).toEqual(room.ref);
    expect(channels(it)).toHaveLength(2);
  });

  it('keeps two incidents of one name apart, also while the first is being made', async () => {
    await using it = await stage();
    it.harness.slack.addFault({ kind: 'slow', byMs: 100, on: 'conversations.setPurpose', times: 1 });

    const [one, two] = await Promise.all([create(it, { key: 'k1' }), create(it, { key: 'k2' })]);

    expect(one?.ref.room).not.toBe(two?.ref.room);
    expect([one?.key, two?.key]).toEqual(['k1', 'k2']);
  });

  it('says who could not be invited, and brings in the others', async () => {
    await using it = await stage();
    const mia = it.harness.person('mia').user.id;

    const room = await create(it, { members: [userRef(it, 'UGONE'), userRef(it, mia), userRef(it, it.harness.slack.app.botUserId)] });

    expect(it.harness.slack.members(room.ref.room)).toContain(mia);
    expect(room.uninvited).toMatchObject([{ user: { user: 'UGONE' }, fault: { native: 'user_not_found' } }]);
  });

  it('makes it private', async () => {
    await using it = await stage();

    const { ref } = await create(it, { private: true });

    expect(it.harness.slack.channels().find(({ id }) => id === ref.room)?.is_private).toBe(true);
  });
});

describe('Changing a channel', () => {
  it('does each thing, and does no harm the second time', async () => {
    await using it = await stage();
    const { harness } = it;
    const { ref } = await create(it);
    const mia = userRef(it, harness.person('mia').user.id);
    await harness.person('mia').join(ref.room);
    const { ts } = await harness.person('mia').say(ref.room, 'pin me');
    const change = {
      name: 'INC-1 Payments',
      topic: 'SEV2',
      pin: { room: ref, id: ts },
      bookmark: { title: 'War room', href: 'https://m.test/1' },
      invite: [mia],
    };

    for (let i = 0; i < 2; i += 1) {
      const changed = await harness.adapter.rooms?.change(ref, change, soon());
      expect(changed).toMatchObject({ outcome: 'done', value: { name: 'inc-1-payments', topic: 'SEV2' } });
    }

    expect(harness.slack.pins(ref.room)).toHaveLength(1);
    expect(harness.slack.bookmarks(ref.room)).toMatchObject([{ title: 'War room', link: 'https://m.test/1' }]);
  });

  it('sends people out also when others may not be invited', async () => {
    await using it = await stage();
    const { harness } = it;
    const mia = userRef(it, harness.person('mia').user.id);
    const { ref } = await create(it, { private: true, members: [mia] });
    harness.slack.addFault({ kind: 'error', error: 'restricted_action', on: 'conversations.invite', times: 1 });

    const changed = await harness.adapter.rooms?.change(ref, { invite: [userRef(it, 'UKAI')], remove: [mia] }, soon());

    expect(changed).toMatchObject({ outcome: 'refused', fault: { native: 'restricted_action' } });
    expect(harness.slack.members(ref.room)).not.toContain(mia.user);
  });

  it('archives, twice over, and says that only a person brings the channel back', async () => {
    await using it = await stage();
    const { ref } = await create(it);
    const { adapter, slack } = it.harness;
    const change = (archived: boolean) => adapter.rooms?.change(ref, { archived }, soon());

    for (const _ of [1, 2]) expect(await change(true)).toMatchObject({ outcome: 'done', value: { archived: true } });
    expect(await change(false)).toMatchObject({
      outcome: 'refused',
      fault: { code: 'unsupported', detail: expect.stringContaining('/invite') },
    });

    const mia = it.harness.person('mia');
    await mia.archive(ref.room, false);
    await mia.invite(ref.room, slack.app.botUserId);
    expect(await change(false)).toMatchObject({ outcome: 'done', value: { archived: false } });
  });

  it('has archived a private channel although it does not see it any more', async () => {
    await using it = await stage();
    const { ref } = await create(it, { private: true });

    const archived = await it.harness.adapter.rooms?.change(ref, { archived: true }, soon());

    expect(archived).toMatchObject({ outcome: 'done', value: { ref, archived: true } });
    expect(it.harness.slack.channels().find(({ id }) => id === ref.room)).toMatchObject({ is_archived: true });
  });

  it('says that an archived channel stops the room', async () => {
    await using it = await stage();
    const { ref } = await create(it);
    await it.harness.adapter.rooms?.change(ref, { archived: true }, soon());
    const [part] = it.harness.adapter.messages.render({ blocks: [], summary: 'x' }, ref).parts;
    if (!part) throw new Error('no part');

    expect(await it.harness.adapter.messages.send({ key: 'k', room: ref, part }, soon())).toMatchObject({
      outcome: 'refused',
      fault: { code: 'closed', scope: 'room' },
    });
  });

  it('knows no channel that is not there', async () => {
    await using it = await stage();
    const gone = { adapter: 'slack', tenant: it.harness.tenant, room: 'CNONE' };

    expect(await it.harness.adapter.rooms?.get(gone, soon())).toMatchObject({ outcome: 'done', value: null });
  });
});

describe('Looking people up', () => {
  it('finds them by address, by id and by handle, or finds nobody', async () => {
    await using it = await stage();
    const { people } = it.harness.adapter;
    const user = it.harness.slack.addUser({ name: 'ana', realName: 'Ana Ruiz', email: 'ana@example.test' });
    const find = async (by: Parameters<NonNullable<typeof people>['find']>[0]): Promise<string[]> =>
      (people ? valueOf(await people.find(by, it.harness.tenant, soon())) : []).map(({ ref }) => ref.user);

    expect(await find({ email: 'ana@example.test' })).toEqual([user.id]);
    expect(await find({ id: user.id })).toEqual([user.id]);
    expect(await find({ handle: '@Ana' })).toEqual([user.id]);
    for (const nobody of [{ email: 'no@example.test' }, { id: 'UNONE' }, { handle: 'nobody' }]) expect(await find(nobody)).toEqual([]);
  });
});
