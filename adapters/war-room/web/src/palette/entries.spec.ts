import { reduceRoom, roomFrom, type RoomState } from '../store/room-state.ts';
import { aMessage, ana, anEvent, aSnapshot, at, bo } from '../store/room.fixture.ts';
import { groupsFor } from './entries.ts';
import type { Around, Entry } from './entries.types.ts';

const NOW = Date.parse(at(1));
const room = reduceRoom(roomFrom(aSnapshot()), {
  type: 'events',
  events: [
    aMessage(1, 'Pool wait is at 4.2 s'),
    aMessage(2, 'It is the pool of shard 7', { by: bo }),
    aMessage(3, 'Nobody reads this'),
    anEvent(4, 'message.deleted', { messageId: 'e3' }),
  ],
});
const around: Around = {
  room,
  may: () => true,
  open: [{ ...aSnapshot().incident, id: 'other', number: 'INC-2', title: 'Mails are late' }, aSnapshot().incident],
  mayDeclare: true,
};
const shown = (query: string, more: Partial<Around> = {}): readonly Entry[] =>
  groupsFor(query, { ...around, ...more }, NOW).flatMap(({ entries }) => entries);
const words = (query: string, more?: Partial<Around>): readonly string[] => shown(query, more).map(({ command, says }) => command ?? says);
const inState = (category: RoomState['incident']['category']): Partial<Around> => ({
  room: { ...room, incident: { ...room.incident, category, endedAt: category === 'active' || category === 'triage' ? null : at(5) } },
});

describe('What the palette offers', () => {
  it('begins with what is most likely needed now, and says nothing twice', () => {
    expect(words('').slice(0, 3)).toEqual(['/lead me', '/severity sev2', '/update']);
    expect(words('').filter((word) => word === '/update')).toHaveLength(1);
  });

  it('is found by the beginnings of its words, in any order, or by its command', () => {
    expect(words('bad how')).toContain('/severity');
    expect(words('sever')).toEqual(['/severity sev2', '/severity', '/find sever']);
    expect(words('ad it')).not.toContain('/severity');
  });

  it('teaches the key and the command that do the same', () => {
    expect(shown('how bad')[0]).toMatchObject({ command: '/severity', key: 's', act: { is: 'change', change: 'severity' } });
    expect(shown('declare')[0]).toMatchObject({ command: '/declare', key: 'c', act: { is: 'open', dialog: 'declare' } });
  });

  it('leads to the other incidents that go on', () => {
    expect(shown('mails')[0]).toMatchObject({ says: 'INC-2 Mails are late', act: { is: 'go', to: '/i/INC-2' } });
    expect(words('inc 1')).toEqual(['/find inc 1']);
  });

  it('finds what was said here, the newest first, and nothing that was taken away', () => {
    const said = groupsFor('pool', around, NOW).find(({ name }) => name === 'Said here')?.entries;
    expect(said).toEqual([
      { says: 'Bo Lindqvist: It is the pool of shard 7', act: { is: 'go', to: '#m2' } },
      { says: `${ana.name}: Pool wait is at 4.2 s`, act: { is: 'go', to: '#m1' } },
    ]);
    expect(words('nobody reads')).toEqual(['/find nobody reads']);
  });

  it('offers nothing that would be refused', () => {
    expect(words('', { may: () => false })).not.toContain('/add');
    expect(words('', { mayDeclare: false })).not.toContain('/declare');
    expect(words('', inState('active'))).not.toContain('/reopen');
    expect(words('', inState('post_incident'))).toContain('/reopen');
    expect(words('', inState('active'))).not.toContain('/decline');
    expect(words('', inState('triage'))).toContain('/decline');
  });

  it('offers without a room what is everywhere', () => {
    expect(groupsFor('', { ...around, room: null }, NOW).map(({ name }) => name)).toEqual(['Going on', 'Everywhere']);
    expect(shown('/sta', { room: null })).toEqual([]);
  });
});

describe('Writing a command in the palette', () => {
  it('completes its name, and then does it as it is written', () => {
    expect(words('/rol')).toEqual(['/role', '/roles']);
    expect(shown('/role comms me')).toMatchObject([{ command: '/role comms me', act: { is: 'send', text: '/role comms me' } }]);
    expect(shown('/leave')).toMatchObject([{ act: { is: 'send', text: '/leave' } }]);
  });

  it('asks by the form where there is one', () => {
    expect(shown('/severity')[0]).toMatchObject({ act: { is: 'change', change: 'severity' } });
    expect(shown('/severity sev1')).toMatchObject([{ act: { is: 'send', text: '/severity sev1' } }]);
  });

  it('shows what belongs to it while that is missing', () => {
    expect(shown('/snooze')).toMatchObject([{ then: 'how many minutes', act: { is: 'send', text: '/snooze' } }]);
  });
});
