import type { RoomEvent } from '#libs/war-room-protocol/events';
import type { HandOverCard } from '#libs/war-room-protocol/hand-over';
import { roleChangeOf } from '#libs/war-room-protocol/roles';
import type { Person } from '#libs/war-room-protocol/vocabulary';
import { nextUpdateDue, NOT_DECLARED, waitingAfter } from '#libs/war-room-protocol/waiting';

/** More than that is read in the room. */
const PINNED = 10;
const TEXT_CHARS = 300;

type Said = HandOverCard['pinned'][number];

/** Pure: what the log tells whoever takes over this role. The same log gives the same card. */
export function handOver(events: readonly RoomEvent[], role: string): HandOverCard | null {
  const [declared] = events;
  if (declared?.type !== 'incident.declared') return null;
  let { title, summary, severity, status } = declared.data;
  const holders = new Map<string, { name: string; person: Person }>();
  for (const event of events) {
    const change = roleChangeOf(event);
    if (change?.to) holders.set(change.role, { name: change.name, person: change.to });
    else if (change) holders.delete(change.role);
    if (event.type === 'incident.renamed') title = event.data.to;
    if (event.type === 'incident.summary-changed') summary = event.data.to ?? undefined;
    if (event.type === 'incident.severity-changed') severity = event.data.to;
    if (event.type === 'incident.resolved') status = event.data.to ?? 'resolved';
    if (movesOn(event)) status = event.data.to;
  }
  holders.delete(role);
  const waiting = events.reduce(waitingAfter, NOT_DECLARED);
  const nextUpdate = nextUpdateDue(waiting);
  return {
    title,
    ...(summary ? { summary } : {}),
    since: declared.at,
    severity,
    status,
    roles: [...holders.values()],
    ...(waiting.last?.text ? { update: { at: waiting.last.at, by: waiting.last.by, text: short(waiting.last.text) } } : {}),
    ...(nextUpdate ? { nextUpdate } : {}),
    asked: waiting.waits.filter(({ nudge }) => nudge !== null).map(({ about }) => about),
    pinned: pinned(events),
  };
}

type Moved = Extract<RoomEvent, { type: 'incident.status-changed' | 'incident.accepted' | 'incident.declined' | 'incident.merged' }>;

const MOVES: readonly string[] = ['incident.status-changed', 'incident.accepted', 'incident.declined', 'incident.merged'];
const movesOn = (event: RoomEvent): event is Moved => MOVES.includes(event.type);

/** Pinned messages as they read now, and what was added by hand, when it happened; without what the timeline hides. */
function pinned(events: readonly RoomEvent[]): Said[] {
  const said = new Map<string, Said>();
  const pins = new Set<string>();
  const hidden = new Set<string>();
  for (const event of events) {
    if (event.type === 'message.posted') said.set(event.data.messageId, { at: event.displayAt, by: event.by, text: event.data.text });
    if (event.type === 'message.deleted') said.delete(event.data.messageId);
    if (event.type === 'message.edited') rewrite(said, event.data.messageId, { text: event.data.text });
    if (event.type === 'message.pinned') mark(pins, event.data.messageId, event.data.on);
    if (event.type === 'timeline.item-hidden') mark(hidden, event.data.itemId, event.data.on);
    if (event.type === 'timeline.entry-added') {
      const { entryId, text, happenedAt } = event.data;
      said.set(entryId, { at: happenedAt, by: event.by, text });
      pins.add(entryId);
    }
    if (event.type === 'timeline.entry-edited') rewrite(said, event.data.entryId, { text: event.data.text, at: event.data.happenedAt });
  }
  return [...said]
    .filter(([id]) => pins.has(id) && !hidden.has(id))
    .map(([, one]) => ({ ...one, text: short(one.text) }))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .slice(-PINNED);
}

function rewrite(said: Map<string, Said>, id: string, to: Partial<Said>): void {
  const before = said.get(id);
  if (before) said.set(id, { ...before, ...to });
}

function mark(set: Set<string>, id: string, on: boolean): void {
  if (on) set.add(id);
  else set.delete(id);
}

const short = (text: string): string =>
  text.length <= TEXT_CHARS ? text : `${text.slice(0, TEXT_CHARS).replace(/[\ud800-\udbff]$/, '')}…`;
