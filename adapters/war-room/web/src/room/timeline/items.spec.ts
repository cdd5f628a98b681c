import type { RoomEvent } from '#libs/war-room-protocol/events';
import { reduceRoom, roomFrom } from '../../store/room-state.ts';
import { aMessage, anEvent, aSnapshot, at } from '../../store/room.fixture.ts';
import { itemsOf } from './items.ts';

const timeline = (...events: RoomEvent[]) => itemsOf(reduceRoom(roomFrom(aSnapshot()), { type: 'events', events }));
const raised = anEvent(1, 'incident.severity-changed', { from: 'SEV3', to: 'SEV1' });

describe('Reading the timeline', () => {
  it('puts what people added where it happened, as it reads now, with what it said before', () => {
    const added = anEvent(2, 'timeline.entry-added', { entryId: 'e2', text: 'deploy', happenedAt: at(5) });
    const edited = anEvent(3, 'timeline.entry-edited', { entryId: 'e2', text: 'the deploy went out', happenedAt: at(0) });

    expect(timeline(raised, added, edited)).toMatchObject([
      { kind: 'entry', id: 'e2', at: at(0), text: 'the deploy went out', before: [{ text: 'deploy' }] },
      { kind: 'happening', id: 'e1' },
    ]);
  });

  it('shows pinned messages as they read now, until they are un-pinned or deleted', () => {
    const said = [aMessage(1, 'Rolback'), anEvent(2, 'message.pinned', { messageId: 'e1', on: true })];
    const edited = anEvent(3, 'message.edited', { messageId: 'e1', text: 'Rollback', html: '<p>Rollback</p>' });

    expect(timeline(...said, edited)).toMatchObject([{ kind: 'pinned', html: '<p>Rollback</p>', by: 'Ana Ruiz' }]);
    expect(timeline(...said, edited, anEvent(4, 'message.pinned', { messageId: 'e1', on: false }))).toEqual([]);
    expect(timeline(...said, edited, anEvent(4, 'message.deleted', { messageId: 'e1' }))).toEqual([]);
  });

  it('knows what is left out, and what was put back', () => {
    const hide = (seq: number, on: boolean) => anEvent(seq, 'timeline.item-hidden', { itemId: 'e1', on });
    expect(timeline(raised, hide(2, true))).toMatchObject([{ hidden: true }]);
    expect(timeline(raised, hide(2, true), hide(3, false))).toMatchObject([{ hidden: false }]);
  });
});
