import { createHash } from 'node:crypto';
import { streamEvents } from '#libs/war-room-protocol/stream';
import type { Database } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';

/** An evening's worth of joins, as when a chat begins to be believed, is told as one. */
const CALM_MS = 100;

/** Who of those that a room's log tells of is read as somebody else. */
const READ_AS = `
  select o.own_id, o.id, o.name from one_person o
   where o.own_id <> o.id and (o.own_id in (select person_id from participant where incident_id = $1)
      or exists (select 1 from event e where e.stream_id = $1 and e.actor ->> 'id' = o.own_id::text)) order by o.own_id`;

type Write = (frame: string) => void;

/** Tells pages how the people of their room are told apart, so that one that is open shows two as one when they turn out to be one. */
export class PeopleFeed {
  private readonly rooms = new Map<string, Set<Write>>();
  private readonly deaf: () => void;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly database: Database,
    doorbell: Doorbell,
  ) {
    this.deaf = doorbell.listen('joins', () => (this.timer ??= setTimeout(() => this.tellAll(), CALM_MS)));
  }

  /** Returns how to stop. */
  watch(incidentId: string, write: Write): () => void {
    const watchers = this.rooms.get(incidentId) ?? new Set();
    this.rooms.set(incidentId, watchers.add(write));
    void this.tell(incidentId, [write]);
    return () => {
      watchers.delete(write);
      if (watchers.size === 0) this.rooms.delete(incidentId);
    };
  }

  close(): void {
    this.deaf();
    if (this.timer) clearTimeout(this.timer);
    this.rooms.clear();
  }

  private tellAll(): void {
    this.timer = null;
    for (const [incidentId, watchers] of this.rooms) void this.tell(incidentId, watchers);
  }

  /** A page passes over what it knows. One that could not be told is told when it comes back. */
  private async tell(incidentId: string, watchers: Iterable<Write>): Promise<void> {
    const found = await this.database.query(READ_AS, [incidentId]).catch(() => null);
    if (!found) return;
    const version = found.length === 0 ? '' : createHash('sha256').update(JSON.stringify(found)).digest('base64url').slice(0, 16);
    for (const write of watchers) write(`event: ${streamEvents.people}\ndata: ${JSON.stringify(version)}\n\n`);
  }
}
