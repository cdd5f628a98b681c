import type { RoomEvent, RoomEventOf } from '#libs/war-room-protocol/events';
import { flowOf, heardIn, timelineOf } from './flow.ts';
import { reduceRoom, roomFrom, type RoomState } from './room-state.ts';
import type { Outgoing } from './outgoing.ts';
import { aMessage, aMirror, anEvent, aSnapshot, at, bo, slack } from './room.fixture.ts';

const roomWith = (...events: RoomEvent[]): RoomState => reduceRoom(roomFrom(aSnapshot()), { type: 'events', events });
const told = (room: RoomState, ...mirrors: ReturnType<typeof aMirror>[]): RoomState => reduceRoom(room, { type: 'mirrors', mirrors });
const first = (room: RoomState): RoomEventOf<'message.posted'> => room.events.find((event) => event.type === 'message.posted')!;
const mirror = { mirrorId: 'm1', surface: slack };

describe('Reading the flow', () => {
  it('shows everything, or the turns of the incident, or what people wrote', () => {
    const room = roomWith(
      anEvent(1, 'incident.severity-changed', { from: 'SEV3', to: 'SEV1' }),
      aMessage(2, 'looking'),
      anEvent(3, 'participant.joined', { person: bo }),
      anEvent(4, 'hidden', {}),
    );

    expect(flowOf(room, 'all').map((item) => item.key)).toEqual(['e1', 'e2', 'e3']);
    expect(flowOf(room, 'timeline').map((item) => item.key)).toEqual(['e1']);
    expect(flowOf(room, 'people').map((item) => item.key)).toEqual(['e2']);
  });

  it('shows the newest words of an edited message, and that a deleted one was there', () => {
    const room = roomWith(
      aMessage(1, 'one'),
      aMessage(2, 'two'),
      anEvent(3, 'message.edited', { messageId: 'e1', text: 'one!', html: '<p>one!</p>' }),
      anEvent(4, 'message.deleted', { messageId: 'e2' }),
    );

    expect(flowOf(room, 'all')).toMatchObject([
      { words: { text: 'one!' }, edited: true },
      { words: null, edited: false },
    ]);
  });

  it('puts an answer after what was there when it was given, and what is not sent yet last', () => {
    const asked = reduceRoom(roomWith(aMessage(1, 'one')), { type: 'said', id: 'c', text: 'help', now: at(9) });
    const written = reduceRoom(asked, {
      type: 'outgoing',
      outgoing: [{ command: { id: 'own', type: 'message', body: { text: 'mine' } }, writtenAt: at(2), state: 'waiting' }],
    });
    const room = reduceRoom(written, { type: 'events', events: [aMessage(2, 'two')] });

    expect(flowOf(room, 'all').map((item) => item.key)).toEqual(['e1', 'notice-c', 'e2', 'own']);
  });

  it('leaves a refused command where it was refused, and a refused message last', () => {
    const failed = (id: string, type: 'command' | 'message', text: string): Outgoing => ({
      command: { id, type, body: { text } },
      writtenAt: at(1),
      state: 'failed',
      why: 'There is no such status.',
      after: 1,
    });
    const outgoing = [failed('typo', 'command', '/statuss'), failed('own', 'message', 'mine')];
    const room = reduceRoom(roomWith(aMessage(1, 'one')), { type: 'outgoing', outgoing });

    const later = reduceRoom(reduceRoom(room, { type: 'events', events: [aMessage(2, 'two')] }), { type: 'outgoing', outgoing });

    expect(flowOf(later, 'all').map((item) => item.key)).toEqual(['e1', 'typo', 'e2', 'own']);
  });

  it('leaves it there through a reload', () => {
    const command = { id: 'typo', type: 'command', body: { text: '/statuss' } } as const;
    const reloaded = reduceRoom(roomFrom(aSnapshot(3)), {
      type: 'outgoing',
      outgoing: [{ command, writtenAt: at(1), state: 'failed', why: 'No.', after: 2 }],
    });

    const room = reduceRoom(reloaded, { type: 'events', events: [1, 2, 3].map((seq) => aMessage(seq, 'words')) });

    expect(flowOf(room, 'all').map((item) => item.key)).toEqual(['e1', 'e2', 'typo', 'e3']);
  });

  it('puts an answer below what was refused before it, and above what was refused after it', () => {
    const refused = (id: string): Outgoing => ({
      command: { id, type: 'command', body: { text: '/statuss' } },
      writtenAt: at(1),
      state: 'failed',
      why: 'No.',
      after: 1,
    });
    const asked = reduceRoom(roomWith(aMessage(1, 'one')), { type: 'said', id: '02-help', text: 'help', now: at(2) });
    const room = reduceRoom(asked, { type: 'outgoing', outgoing: [refused('01-typo'), refused('03-typo')] });

    expect(flowOf(room, 'all').map((item) => item.key)).toEqual(['e1', '01-typo', 'notice-02-help', '03-typo']);
  });

  it('puts older answers away when a filter is chosen, and shows what is answered from then on', () => {
    const asked = reduceRoom(roomWith(aMessage(1, 'one')), { type: 'said', id: '01-help', text: 'help', now: at(2) });

    expect(flowOf(asked, 'people', '02').map((item) => item.key)).toEqual(['e1']);
    const again = reduceRoom(asked, { type: 'said', id: '03-help', text: 'help', now: at(3) });
    expect(flowOf(again, 'people', '02').map((item) => item.key)).toEqual(['e1', 'notice-03-help']);
    expect(flowOf(again, 'all', '02')).toHaveLength(3);
  });

  it('says nothing of a doubt that became an outage', () => {
    const since = at(1);
    const doubt = anEvent(1, 'mirror.suspect', { ...mirror, since, why: 'no answer' });

    expect(timelineOf(roomWith(doubt))).toHaveLength(1);
    expect(timelineOf(roomWith(doubt, anEvent(2, 'mirror.parked', { ...mirror, since, why: 'no answer' })))).toMatchObject([
      { type: 'mirror.parked' },
    ]);
  });
});

describe('Saying where a message is heard', () => {
  it('says that it waits for a chat, may be missing there, or is there too', () => {
    const room = roomWith(aMessage(1, 'one'));

    expect(heardIn(told(room, aMirror({ waiting: ['e1'] })), first(room))).toEqual([{ name: 'Slack', state: 'waiting' }]);
    expect(heardIn(told(room, aMirror({ doubtful: ['e1'] })), first(room))).toEqual([{ name: 'Slack', state: 'doubtful' }]);
    expect(heardIn(told(room, aMirror()), first(room))).toEqual([{ name: 'Slack', state: 'there' }]);
  });

  it('says that a chat did not take it, and why', () => {
    const room = told(roomWith(aMessage(1, 'one')), aMirror({ refused: [{ messageId: 'e1', why: 'That room is archived.' }] }));

    expect(heardIn(room, first(room))).toEqual([{ name: 'Slack', state: 'refused', why: 'That room is archived.' }]);
  });

  it('claims nothing before the mirrors were told again', () => {
    const room = told(roomFrom(aSnapshot()), aMirror());
    const later = reduceRoom(room, { type: 'events', events: [aMessage(1, 'one')] });

    expect(heardIn(later, first(later))).toEqual([]);
  });

  it('claims nothing of a chat that has no room for this incident', () => {
    const room = roomWith(aMessage(1, 'one'));

    expect(heardIn(told(room, aMirror({ state: 'failed' })), first(room))).toEqual([]);
  });

  it('does not say "in Slack too" of what was written in Slack', () => {
    const room = told(roomWith(aMessage(1, 'one', { via: slack })), aMirror());

    expect(heardIn(room, first(room))).toEqual([]);
  });
});
