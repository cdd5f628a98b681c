import { rolesToRead } from './roles-to-read.ts';
import { reduceRoom, roomFrom, type RoomState } from './room-state.ts';
import { ana, anEvent, aSnapshot, bo } from './room.fixture.ts';

const given = (seq: number, to: typeof ana | null, by = ana, role = 'comms') =>
  anEvent(seq, 'incident.role-changed', { role, name: role, from: null, to }, { by });
const after = (...events: ReturnType<typeof given>[]): RoomState => reduceRoom(roomFrom(aSnapshot()), { type: 'events', events });
const toRead = (room: RoomState): readonly number[] => rolesToRead(room, bo).map(({ seq }) => seq);

describe('Being given a role by somebody else', () => {
  it('is there to be read by whoever has it now, and by nobody else', () => {
    expect(toRead(after(given(1, bo)))).toEqual([1]);
    expect(rolesToRead(after(given(1, bo)), ana)).toEqual([]);
    expect(toRead(after(given(1, bo), given(2, ana)))).toEqual([]);
    expect(toRead(after(given(1, bo), given(2, null)))).toEqual([]);
  });

  it('is not told to whoever took it themselves', () => {
    expect(toRead(after(given(1, bo, bo)))).toEqual([]);
    expect(toRead(after(given(1, bo), given(2, null, bo), given(3, bo, bo)))).toEqual([]);
  });

  it('is read when they say so, until they are given another', () => {
    const read = reduceRoom(after(given(1, bo)), { type: 'roles-read', upTo: 1 });
    expect(toRead(read)).toEqual([]);
    expect(toRead(reduceRoom(read, { type: 'events', events: [given(2, bo, ana, 'lead')] }))).toEqual([2]);
  });

  it('was read on another device', () => {
    const snapshot = { ...aSnapshot(), read: { seq: 0, at: '2026-11-21T03:00:00.000Z', roles: 1 } };
    expect(toRead(reduceRoom(roomFrom(snapshot), { type: 'events', events: [given(1, bo)] }))).toEqual([]);
  });

  it('is asked of nobody once the incident is over', () => {
    const over = anEvent(2, 'incident.resolved', { to: 'documenting', learned: 'We look first' });
    expect(toRead(reduceRoom(after(given(1, bo)), { type: 'events', events: [over] }))).toEqual([]);
  });
});
