import type { Attempt, Room, RoomSpec } from '@musterhq/chat-port';
import type { Team } from '../simulator/graph/team.ts';
import { type Stage, said, soon, stage } from './stage.ts';

const spec = (o: Partial<RoomSpec> = {}): RoomSpec => ({
  key: 'inc-1',
  name: 'INC-1 Checkout: failing',
  topic: 'SEV1, nobody leads',
  private: false,
  members: [],
  ...o,
});

const create = ({ harness }: Stage, o?: Partial<RoomSpec>): Promise<Attempt<Room>> => harness.adapter.rooms!.create(spec(o), soon());

async function created(on: Stage, o?: Partial<RoomSpec>): Promise<Room> {
  const made = await create(on, o);
  if (made.outcome !== 'done') throw new Error(`Not made: ${JSON.stringify(made)}`);
  return made.value;
}

const inChannels = (): Promise<Stage> => stage({ kind: 'room-channel' });
const teamOf = ({ harness }: Stage): Team => harness.teams.graph.team;
/** Beside the one that was chosen. */
const namesIn = (on: Stage): string[] =>
  teamOf(on)
    .channels.slice(1)
    .map(({ displayName }) => displayName);

describe('A channel for each incident, in Teams', () => {
  it('is a channel of the team, called like the incident as far as Teams allows, in which can be spoken', async () => {
    await using s = await inChannels();

    const room = await created(s);
    const { id, room: where } = await said(s, room.ref, 'Mia looks into it');

    const [, channel] = teamOf(s).channels;
    expect(room).toMatchObject({ ref: { room: channel?.id }, name: 'INC-1 Checkout failing', topic: 'SEV1, nobody leads', key: 'inc-1' });
    expect(channel?.description).toBe('SEV1, nobody leads\n\nMuster finds this channel by muster:inc-1');
    expect(s.harness.teams.conversations.of(where.room).messages).toMatchObject([{ id, thread: id }]);
  });

  it('is found again when the answer to its making was lost, and there is one', async () => {
    await using s = await inChannels();
    s.harness.fault('room', 'error-after');

    expect(await create(s)).toMatchObject({ outcome: 'unknown' });
    expect(await create(s)).toMatchObject({ outcome: 'done', value: { key: 'inc-1' } });
    expect(namesIn(s)).toEqual(['INC-1 Checkout failing']);
  });

  it.each([400, 409] as const)(
    'is not made under another name while Teams does not show the one that was just made (a name that is taken as a %i)',
    async (status) => {
      await using s = await inChannels();
      Object.assign(teamOf(s), { lagMs: 5_000, nameTaken: status });
      s.harness.fault('room', 'error-after');
      await create(s);

      const meanwhile = await create(s);
      s.harness.advance(5_000);
      const later = await create(s);

      expect(meanwhile).toMatchObject({ outcome: 'unknown', fault: { detail: expect.stringContaining('does not show') as string } });
      expect(later).toMatchObject({ outcome: 'done', value: { key: 'inc-1' } });
      expect(namesIn(s)).toEqual(['INC-1 Checkout failing']);
    },
  );

  it('has a name of its own where somebody else’s channel has the first one', async () => {
    await using s = await inChannels();
    teamOf(s).add('inc-1 checkout FAILING');

    const room = await created(s);

    expect(room.name).toMatch(/^INC-1 Checkout failing [0-9a-f]{6}$/);
    expect((await created(s)).ref).toEqual(room.ref);
    expect(namesIn(s)).toHaveLength(2);
  });

  it('names whoever was to be in it and is not in the team', async () => {
    await using s = await inChannels();
    const { adapter, teams, channel, tenant } = s.harness;
    teams.join('mia', channel!);
    const [mia, eve] = ['29:mia', '29:eve'].map((user) => ({ adapter: 'teams', tenant, user }));

    const made = await adapter.rooms!.create(spec({ members: [mia!, eve!] }), soon());

    expect(made).toMatchObject({ outcome: 'done', value: { uninvited: [{ user: eve, fault: { code: 'not-found' } }] } });
  });

  it('finds people by their mail among those who are in the team', async () => {
    await using s = await inChannels();
    const { adapter, teams, channel, tenant } = s.harness;
    teams.join('mia', channel!);

    expect(adapter.capabilities().features).toMatchObject({ 'people.email': 'partial', 'room.create': 'full' });
    expect(await adapter.people!.find({ email: 'mia@contoso.example' }, tenant, soon())).toMatchObject({
      value: [{ ref: { user: '29:mia' } }],
    });
  });

  it('has none where it is private, because everybody in the team would read it', async () => {
    await using s = await inChannels();

    const made = await create(s, { private: true });

    expect(made).toMatchObject({
      outcome: 'refused',
      fault: { code: 'unsupported', detail: expect.stringContaining('war room') as string },
    });
    expect(namesIn(s)).toEqual([]);
  });

  it('is called otherwise, and stands otherwise, and is still found by its key', async () => {
    await using s = await inChannels();
    const { ref } = await created(s);
    const rooms = s.harness.adapter.rooms!;

    const renamed = await rooms.change(ref, { name: 'INC-1 Payments' }, soon());
    await rooms.change(ref, { topic: 'SEV2, Mia leads' }, soon());

    expect(renamed).toMatchObject({ outcome: 'done', value: { ref, name: 'INC-1 Payments' } });
    expect(await rooms.get(ref, soon())).toMatchObject({ value: { name: 'INC-1 Payments', topic: 'SEV2, Mia leads', key: 'inc-1' } });
    expect((await created(s)).ref).toEqual(ref);
    expect(await rooms.get({ ...ref, room: '19:gone@thread.tacv2' }, soon())).toMatchObject({ outcome: 'done', value: null });
  });

  it('is archived and brought back, and it is said whether Teams is still at it', async () => {
    await using s = await inChannels();
    const { ref } = await created(s);
    const rooms = s.harness.adapter.rooms!;
    teamOf(s).holdsOperations = true;

    const away = await rooms.change(ref, { archived: true }, soon());
    teamOf(s).letGo();
    const again = await rooms.change(ref, { archived: true }, soon());
    const back = await rooms.change(ref, { archived: false }, soon());

    expect(away).toMatchObject({ outcome: 'done', settled: false, value: { archived: true } });
    expect(again).toMatchObject({ outcome: 'done', settled: true });
    expect(back).toMatchObject({ outcome: 'done', settled: true, value: { archived: false } });
    expect(teamOf(s).operations.size).toBe(2);
  });

  it('says which permission is missing, and changes nobody in it', async () => {
    await using s = await inChannels();
    const { ref } = await created(s);
    const { granted } = s.harness.teams.graph;
    granted.delete('Channel.Create.Group');
    granted.delete('ChannelSettings.ReadWrite.All');

    expect(await create(s, { key: 'inc-2' })).toMatchObject({
      fault: { detail: expect.stringContaining('Channel.Create.Group') as string },
    });
    expect(await s.harness.adapter.rooms!.change(ref, { archived: true }, soon())).toMatchObject({
      fault: { detail: expect.stringContaining('ChannelSettings.ReadWrite.All') as string },
    });
    expect(await s.harness.adapter.rooms!.change(ref, { invite: [] }, soon())).toMatchObject({
      outcome: 'refused',
      fault: { code: 'unsupported' },
    });
  });
});
