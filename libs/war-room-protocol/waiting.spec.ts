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
  'incident.kind-changed': [active, { from: 'standard', to: 'test' }],
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

  it('is nothing once it turns out to be a test, and all of it from when it turns out to be none', () => {
    const test = waitingAfter(asked, told('incident.kind-changed', { from: 'standard', to: 'test' }, 3));
    expect(test).toMatchObject({ kind: 'test', isActive: true, waits: [] });
    const led = waitingAfter(test, told('incident.lead-changed', { from: null, to: ana }, 4));

    const real = told('incident.kind-changed', { from: 'test', to: 'standard' }, 5);

    const { at: since } = real;
    expect(waitingAfter(test, real).waits).toMatchObject([UPDATE, LEAD].map((about) => ({ about, seq: 5, since, nudge: null })));
    expect(waitingAfter(led, real).waits).toMatchObject([{ about: UPDATE, seq: 5, since }]);
  });

  it('goes on as it was where both kinds are asked about, and does not begin before it is accepted or after its end', () => {
    const planned = told('incident.kind-changed', { from: 'standard', to: 'planned' });
    expect(waitingAfter(asked, planned)).toEqual({ ...asked, kind: 'planned' });

    const over = waitingAfter(active, told('incident.resolved', { learned: 'We alert' }));
    for (const notActive of [inTriage, over]) {
      const test = waitingAfter(notActive, told('incident.kind-changed', { from: 'standard', to: 'test' }));
      expect(waitingAfter(test, told('incident.kind-changed', { from: 'test', to: 'standard' })).waits).toEqual([]);
    }
  });

  it('is the same after what nobody waits for', () => {
    expect(waitingAfter(asked, told('incident.renamed', { from: 'Checkout', to: 'Checkout is failing' }))).toBe(asked);
  });
});
