import type { RoomEvent } from '#libs/war-room-protocol/events';
import type { Outgoing } from './outgoing.ts';
import { hasGap, reduceRoom, roomFrom, type RoomState } from './room-state.ts';
import { aMessage, aMirror, ana, anEvent, aSnapshot, at, bo } from './room.fixture.ts';

const after = (state: RoomState, ...events: RoomEvent[]): RoomState => reduceRoom(state, { type: 'events', events });
const texts = (state: RoomState): string[] => state.events.flatMap((event) => (event.type === 'message.posted' ? [event.data.text] : []));
const waiting = (id: string, text: string): Outgoing => ({
  command: { id, type: 'message', body: { text } },
  writtenAt: at(1),
  state: 'waiting',
});

describe('Following a room', () => {
  it('applies events by their number, in whatever order and however often they come', () => {
    const [one, two, three] = [aMessage(1, 'one'), aMessage(2, 'two'), aMessage(3, 'three')];

    const once = after(roomFrom(aSnapshot()), one, two, three);
    const mixed = after(after(after(roomFrom(aSnapshot()), three), two, one), one, three);

    expect(texts(mixed)).toEqual(['one', 'two', 'three']);
    expect(mixed).toEqual(once);
  });

  it('holds back what comes after a gap and says that it has to fetch', () => {
    const state = after(roomFrom(aSnapshot()), aMessage(1, 'one'), aMessage(3, 'three'));

    expect(texts(state)).toEqual(['one']);
    expect(hasGap(state)).toBe(true);
  });

  it('waits for the next update from the last one on, as the server said and as events tell since', () => {
    const declared = { reference: 'INC-1', title: 'x', severity: 'SEV3', status: 'investigating', kind: 'standard' } as const;
    const told = anEvent(2, 'update.shared', { text: 'Half is back' });
    const all = after(roomFrom(aSnapshot()), anEvent(1, 'incident.declared', declared), told);
    const later = after(
      roomFrom({ ...aSnapshot(1), waiting: after(roomFrom(aSnapshot()), anEvent(1, 'incident.declared', declared)).waiting }),
      anEvent(1, 'incident.declared', declared),
      told,
    );

    expect(all.waiting).toMatchObject({
      last: { text: 'Half is back' },
      waits: [
        { about: 'update', since: at(2) },
        { about: 'lead', since: at(1) },
      ],
    });
    expect(later.waiting).toEqual(all.waiting);
  });

  it('goes on by itself when the gap is filled', () => {
    const state = after(after(roomFrom(aSnapshot()), aMessage(1, 'one'), aMessage(3, 'three')), aMessage(2, 'two'));

    expect(texts(state)).toEqual(['one', 'two', 'three']);
    expect(hasGap(state)).toBe(false);
  });

  it('shows what was read back after an outage at the time it was said', () => {
    const late = aMessage(3, 'said at minute one', { displayAt: at(1), late: true });

    const state = after(roomFrom(aSnapshot()), aMessage(1, 'one'), aMessage(2, 'two'), late);

    expect(texts(state)).toEqual(['one', 'said at minute one', 'two']);
  });

  it('takes severity, status, lead and the end of the incident from events newer than the snapshot', () => {
    const state = after(
      roomFrom(aSnapshot()),
      anEvent(1, 'incident.severity-changed', { from: 'SEV3', to: 'SEV1' }),
      anEvent(2, 'incident.status-changed', { from: 'investigating', to: 'fixing' }),
      anEvent(3, 'incident.lead-changed', { from: null, to: bo }),
      anEvent(4, 'incident.resolved', { learned: 'Deploys wait.' }),
    );

    expect(state.incident).toMatchObject({ severity: 'SEV1', status: 'resolved', lead: bo, learned: 'Deploys wait.', endedAt: at(4) });
  });

  it('knows when it ended, however it did, and forgets it when it goes on', () => {
    const declined = anEvent(1, 'incident.declined', { from: 'triage', to: 'declined', category: 'declined', reason: 'A planned test.' });
    const canceled = anEvent(1, 'incident.status-changed', { from: 'fixing', to: 'canceled', category: 'canceled' });
    const reopened = anEvent(2, 'incident.status-changed', { from: 'canceled', to: 'fixing', category: 'active' });

    for (const end of [declined, canceled]) {
      const over = after(roomFrom(aSnapshot()), end);
      expect(over.incident.endedAt).toBe(at(1));
      expect(after(over, reopened).incident.endedAt).toBeNull();
    }
  });

  it('does not let an old event undo what the snapshot already knows', () => {
    const state = after(roomFrom(aSnapshot(2)), anEvent(1, 'incident.severity-changed', { from: 'SEV3', to: 'SEV1' }));

    expect(state.incident.severity).toBe('SEV3');
  });

  it('adds each person who joins once', () => {
    const state = after(
      roomFrom(aSnapshot()),
      anEvent(1, 'participant.joined', { person: bo }),
      anEvent(2, 'participant.joined', { person: bo }),
    );

    expect(state.people.map((person) => person.name)).toEqual(['Ana Ruiz', 'Bo Lindqvist']);
  });

  it('adds everybody of a team who is new, as they were called in', () => {
    const added = { teamId: 't1', team: 'Payments', people: [bo], observer: true };

    const state = after(roomFrom(aSnapshot()), anEvent(1, 'participant.team-added', added));

    expect(state.people.map(({ name, observer }) => [name, observer])).toEqual([
      ['Ana Ruiz', false],
      ['Bo Lindqvist', true],
    ]);
  });

  it('learns what a role asks that was made after the page was opened, and keeps who has it', () => {
    const legal = { key: 'legal', name: 'Legal', instructions: 'Say what must be reported.', retired: false, holder: null };
    const before = after(
      roomFrom(aSnapshot()),
      anEvent(1, 'incident.role-changed', { role: 'legal', name: 'Legal', from: null, to: bo }),
      anEvent(2, 'incident.role-changed', { role: 'old', name: 'Old', from: null, to: ana }),
    );

    const state = reduceRoom(before, { type: 'roles', roles: [...aSnapshot().roles, legal] });

    expect(state.roles.map(({ key, instructions, holder }) => [key, instructions, holder?.name])).toEqual([
      ['lead', 'Decide.', undefined],
      ['comms', 'Tell others.', undefined],
      ['legal', 'Say what must be reported.', 'Bo Lindqvist'],
      ['old', '', 'Ana Ruiz'],
    ]);
  });

  it('keeps a deleted message deleted, though the message or an edit of it comes afterwards', () => {
    const state = after(
      roomFrom(aSnapshot()),
      anEvent(1, 'message.deleted', { messageId: 'm' }),
      anEvent(2, 'message.edited', { messageId: 'm', text: 'edited', html: '<p>edited</p>' }),
      aMessage(3, 'late', { id: 'm' }),
    );

    expect(state.rewritten.get('m')).toBeNull();
  });

  it('takes the newest edit of a message', () => {
    const edit = (seq: number, text: string): RoomEvent =>
      anEvent(seq, 'message.edited', { messageId: 'e1', text, html: `<p>${text}</p>` });

    const state = after(roomFrom(aSnapshot()), aMessage(1, 'first'), edit(2, 'second'), edit(3, 'third'));

    expect(state.rewritten.get('e1')?.text).toBe('third');
  });

  it('remembers up to where the mirrors were told', () => {
    const state = reduceRoom(after(roomFrom(aSnapshot()), aMessage(1, 'one')), { type: 'mirrors', mirrors: [aMirror()] });

    expect(state.mirrorsAt).toBe(1);
  });

  it('takes a long silence about the mirrors for "no change", and never goes back', () => {
    const told = reduceRoom(after(roomFrom(aSnapshot()), aMessage(1, 'one'), aMessage(2, 'two')), {
      type: 'mirrors',
      mirrors: [aMirror()],
    });
    const later = reduceRoom(after(told, aMessage(3, 'three')), { type: 'mirrors-quiet', upTo: 3 });

    expect(later.mirrorsAt).toBe(3);
    expect(reduceRoom(later, { type: 'mirrors-quiet', upTo: 2 }).mirrorsAt).toBe(3);
  });
});

describe('Writing in a room', () => {
  it('shows a message at once and replaces it when it arrives under the same id', () => {
    const written = reduceRoom(roomFrom(aSnapshot()), { type: 'outgoing', outgoing: [waiting('own', 'hello')] });
    const arrived = after(written, aMessage(1, 'hello', { id: 'own' }));

    expect(written.outgoing.map((entry) => entry.command.id)).toEqual(['own']);
    expect(arrived.outgoing).toEqual([]);
    expect(texts(arrived)).toEqual(['hello']);
  });

  it('does not show it twice when the room was faster than the answer', () => {
    const arrived = after(roomFrom(aSnapshot()), aMessage(1, 'hello', { id: 'own' }));

    const state = reduceRoom(arrived, { type: 'outgoing', outgoing: [waiting('own', 'hello')] });

    expect(state.outgoing).toEqual([]);
  });

  it('keeps a change until the room has reached the number the server gave it', () => {
    const command = { id: 'own', type: 'severity', body: { to: 'SEV1' } } as const;
    const sent = reduceRoom(roomFrom(aSnapshot()), { type: 'outgoing', outgoing: [{ command, writtenAt: at(1), state: 'sent', seq: 1 }] });

    expect(sent.outgoing).toHaveLength(1);
    expect(after(sent, anEvent(1, 'incident.severity-changed', { from: 'SEV3', to: 'SEV1' })).outgoing).toEqual([]);
  });

  it('keeps the answer to a command where it was said, until it is closed', () => {
    const said = reduceRoom(after(roomFrom(aSnapshot()), aMessage(1, 'one')), {
      type: 'said',
      id: 'c',
      text: 'Write /severity.',
      now: at(9),
    });

    expect(said.notices).toEqual([{ id: 'c', text: 'Write /severity.', after: 1, displayAt: at(1) }]);
    expect(reduceRoom(said, { type: 'notice-dismissed', id: 'c' }).notices).toEqual([]);
  });
});
