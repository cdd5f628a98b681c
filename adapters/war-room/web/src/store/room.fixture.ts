import type { RoomEvent } from '#libs/war-room-protocol/events';
import type { MirrorView } from '#libs/war-room-protocol/mirrors';
import type { RoomSnapshot } from '#libs/war-room-protocol/views';

export const ana = { id: 'p-ana', name: 'Ana Ruiz' };
export const bo = { id: 'p-bo', name: 'Bo Lindqvist' };
export const slack = { id: 'slack', name: 'Slack' };
export const web = { id: 'web', name: 'web' };

/** A moment of the incident: minutes after 03:00. */
export function at(minutes: number): string {
  return new Date(Date.UTC(2026, 10, 21, 3, minutes)).toISOString();
}

type Part<T extends RoomEvent['type']> = Extract<RoomEvent, { type: T }>['data'];

/** An event said at the minute of its number, from the page, by Ana, unless something else matters. */
export function anEvent<T extends RoomEvent['type']>(seq: number, type: T, data: Part<T>, more: Partial<RoomEvent> = {}): RoomEvent {
  const moment = at(seq);
  return { seq, id: `e${seq}`, at: moment, displayAt: moment, late: false, by: ana, via: web, type, data, ...more } as RoomEvent;
}

export function aMessage(seq: number, text: string, more: Partial<RoomEvent> = {}): RoomEvent {
  return anEvent(seq, 'message.posted', { messageId: more.id ?? `e${seq}`, text, html: `<p>${text}</p>` }, more);
}

export function aSnapshot(seq = 0): RoomSnapshot {
  return {
    protocol: 1,
    incident: {
      id: '01979c6e-0000-7000-8000-000000000001',
      number: 'INC-1',
      url: '/i/INC-1',
      title: 'Checkout is down',
      summary: null,
      kind: 'standard',
      severity: 'SEV3',
      status: 'investigating',
      lead: null,
      declaredBy: ana,
      declaredAt: at(0),
      endedAt: null,
      learned: null,
      category: 'active',
      isPrivate: false,
      declined: null,
      mergedInto: null,
      seq,
    },
    people: [{ ...ana, observer: false }],
    roles: [
      { key: 'lead', name: 'Lead', instructions: 'Decide.', retired: false, holder: null },
      { key: 'comms', name: 'Communications', instructions: 'Tell others.', retired: false, holder: null },
    ],
    mirrors: [],
  };
}

export function aMirror(more: Partial<MirrorView> = {}): MirrorView {
  return {
    id: 'm1',
    surface: slack,
    state: 'open',
    name: '#inc-1',
    permalink: null,
    since: null,
    waiting: [],
    doubtful: [],
    refused: [],
    ...more,
  };
}
