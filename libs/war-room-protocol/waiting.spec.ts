import type { RoomEvent, RoomEventOf } from './events.ts';
import { LEAD } from './roles.ts';
import { NOT_DECLARED, UPDATE, WAITED_BY, type Waiting, waitingAfter } from './waiting.ts';

type WaitedBy = (typeof WAITED_BY)[number];

const told = <T extends RoomEvent['type']>(type: T, data: RoomEventOf<T>['data'], seq = 9): RoomEvent => {
  const at = new Date(Date.UTC(2026, 9, 25, 0, seq)).toISOString();
  return { seq, id: `e${seq}`, at, displayAt: at, late: false, by: null, via: { id: 'web', name: 'web' }, type, data } as RoomEvent;
};

const ana = { id: 'ana', name: 'Ana' };
const declared = { reference: 'INC-1', title: 'Checkout is failing', severity: 'SEV3', kind: 'standard', status: 'investigating' } as const;
const inTriage = waitingAfter(NOT_DECLARED, told('incident.declared', { ...declared, category: 'triage' }, 1));
const active = waitingAfter(NOT_DECLARED, told('incident.declared', declared, 1));
const asked = waitingAfter(active, told('nudge.given', { about: UPDATE, since: 1, dueAt: '2026-10-25T00:30:00.000Z' }, 2));
const until = '2026-10-25T01:00:00.000Z';

/** Each kind that the log is read for, where it makes a difference. */
const differences: { readonly [T in WaitedBy]: readonly [Waiting, RoomEventOf<T>['data']] } = {
  'incident.declared': [NOT_DECLARED, declared],
  'incident.severity-changed': [active, { from: 'SEV3', to: 'SEV1' }],
  'incident.status-changed': [active, { from: 'investigating', to: 'paused', category: 'paused' }],
  'incident.accepted': [inTriage, { from: 'triage', to: 'investigating', category: 'active' }],
  'incident.declined': [active, { from: 'investigating', to: 'declined', category: 'declined', reason: 'A test' }],
  'incident.merged': [active, { from: 'investigating', to: 'merged', category: 'merged', into: { id: 'b', reference: 'INC-2' } }],
  'incident.resolved': [active, { learned: 'We alert' }],
  'incident.role-changed': [active, { role: LEAD, name: 'Lead', from: null, to: ana }],
  'incident.lead-changed': [active, { from: null, to: ana }],
  'update.shared': [active, { text: 'We roll back' }],
  'nudge.given': [active, { about: UPDATE, since: 1, dueAt: until }],
  'nudge.snoozed': [asked, { about: UPDATE, until }],
  'nudge.skipped': [asked, { about: UPDATE, until }],
};

describe('What a room waits for', () => {
  it.each(WAITED_BY)('is another after %s', (type) => {
    const [before, data] = differences[type];
    expect(waitingAfter(before, told(type, data as never))).not.toEqual(before);
  });

  it('is the same after what nobody waits for', () => {
    expect(waitingAfter(asked, told('incident.renamed', { from: 'Checkout', to: 'Checkout is failing' }))).toBe(asked);
  });
});
