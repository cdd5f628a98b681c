import { flowOf, type FlowItem } from './flow.ts';
import { goesOn } from './goes-on.ts';
import { reduceRoom, roomFrom } from './room-state.ts';
import { aMessage, ana, anEvent, aSnapshot, at, bo, slack } from './room.fixture.ts';

const items = (...events: ReturnType<typeof aMessage>[]): readonly FlowItem[] =>
  flowOf(reduceRoom(roomFrom(aSnapshot()), { type: 'events', events }), 'all');
const marks = (all: readonly FlowItem[]): readonly boolean[] => all.map((item, index) => goesOn(all[index - 1], item, ana));

describe('Saying more right after', () => {
  it('goes on under one name for as long as it comes within five minutes', () => {
    expect(marks(items(aMessage(1, 'one'), aMessage(2, 'two'), aMessage(3, 'three', { displayAt: at(9) })))).toEqual([false, true, false]);
  });

  it('begins anew with somebody else, from elsewhere, and after what happened', () => {
    expect(marks(items(aMessage(1, 'one'), aMessage(2, 'two', { by: bo })))).toEqual([false, false]);
    expect(marks(items(aMessage(1, 'one'), aMessage(2, 'two', { via: slack })))).toEqual([false, false]);
    expect(marks(items(aMessage(1, 'one'), anEvent(2, 'incident.renamed', { from: 'a', to: 'b' }), aMessage(3, 'three')))).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('says again who it was where it arrived late', () => {
    expect(marks(items(aMessage(1, 'one'), aMessage(2, 'two', { late: true })))).toEqual([false, false]);
  });

  it('goes on with what is not sent yet', () => {
    const room = reduceRoom(roomFrom(aSnapshot()), { type: 'events', events: [aMessage(1, 'one')] });
    const command = { id: 'own', type: 'message', body: { text: 'mine' } } as const;
    const writing = reduceRoom(room, { type: 'outgoing', outgoing: [{ command, writtenAt: at(2), state: 'waiting' }] });

    expect(marks(flowOf(writing, 'all'))).toEqual([false, true]);
  });
});
