import type { RoomEvent } from '#libs/war-room-protocol/events';
import type { HandOverCard } from '#libs/war-room-protocol/hand-over';
import { roleChangeOf } from '#libs/war-room-protocol/roles';
import type { Person } from '#libs/war-room-protocol/vocabulary';
import { nextUpdateDue, NOT_DECLARED, waitingAfter } from '#libs/war-room-protocol/waiting';

/** More than that is read in the room. */
const ENTRIES = 10;
const TEXT_CHARS = 300;

type Entry = HandOverCard['entries'][number];

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
    entries: entriesIn(events),
    pinned: pinnedIn(events),
  };
}

type Moved = Extract<RoomEvent, { type: 'incident.status-changed' | 'incident.accepted' | 'incident.declined' | 'incident.merged' }>;

const MOVES: readonly string[] = ['incident.status-changed', 'incident.accepted', 'incident.declined', 'incident.merged'];
const movesOn = (event: RoomEvent): event is Moved => MOVES.includes(event.type);

/** What was added by hand, when it happened; without what the timeline hides. */
function entriesIn(events: readonly RoomEvent[]): Entry[] {
  const entries = new Map<string, Entry>();
  for (const event of events) {
    if (event.type !== 'timeline.entry-added' && event.type !== 'timeline.entry-edited') continue;
    const { entryId, text, happenedAt } = event.data;
    entries.set(entryId, { at: happenedAt, by: entries.get(entryId)?.by ?? event.by, text: short(text) });
  }
  const hidden = hiddenIn(events);
  return [...entries]
    .filter(([id]) => !hidden.has(id))
    .map(([, entry]) => entry)
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
    .slice(-ENTRIES);
}

function pinnedIn(events: readonly RoomEvent[]): number {
  const pins = new Set<string>();
  for (const event of events) {
    if (event.type === 'message.pinned') mark(pins, event.data.messageId, event.data.on);
    if (event.type === 'message.deleted') pins.delete(event.data.messageId);
  }
  const hidden = hiddenIn(events);
  return [...pins].filter((id) => !hidden.has(id)).length;
}

function hiddenIn(events: readonly RoomEvent[]): Set<string> {
  const hidden = new Set<string>();
  for (const event of events) if (event.type === 'timeline.item-hidden') mark(hidden, event.data.itemId, event.data.on);
  return hidden;
}

function mark(set: Set<string>, id: string, on: boolean): void {
  if (on) set.add(id);
  else set.delete(id);
}

const short = (text: string): string =>
  text.length <= TEXT_CHARS ? text : `${text.slice(0, TEXT_CHARS).replace(/[\ud800-\udbff]$/, '')}…`;
