import type { Envelope } from '@musterhq/chat-port';
import type { Chat } from '#src/platform/chats/chats';
import type { Database } from '#src/platform/database/database';
import type { Overheard } from './outage.types.ts';

/** So many rooms at each look, those first that were read longest ago: a chat may allow few such calls. */
const ROOMS = 2;
const PAGES = 3;
const LIMIT = 50;
const LATELY_MS = 5 * 60_000;
/** Our clock and theirs may differ; what is read twice is kept once. */
const BEFORE_MS = 60_000;

interface Reading {
  readonly at: number;
  /** By envelope: since when the history shows what no event brought. */
  readonly since: ReadonlyMap<string, number>;
}

/**
 * Finds what people said and no event brought, where a chat has a past that can be read. An event may be on its way: so it counts when the history has shown it
 * to us for a while, by our own clock. What is known of that is lost with the process, and then it is waited for anew.
 */
export class Unheard {
  private readonly readings = new Map<string, Reading>();

  constructor(private readonly database: Database) {}

  /** Null where there is nothing, or nothing can be read now: that is for looks to tell. */
  async find(chat: Chat, tenant: string, waitMs: number, signal: AbortSignal, now = performance.now()): Promise<Overheard | null> {
    const overdue: Envelope[] = [];
    for (const room of await this.roomsToRead(chat.id, tenant)) {
      const said = await readLately(chat, tenant, room, signal);
      const unknown = said && (await this.notBrought(chat.id, tenant, said));
      if (!unknown) continue;
      const key = keyOf(chat.id, tenant, room);
      const before = this.readings.get(key)?.since;
      const since = new Map(unknown.map(({ id }) => [id, before?.get(id) ?? now]));
      this.readings.set(key, { at: now, since });
      overdue.push(...unknown.filter(({ id }) => now - (since.get(id) ?? now) >= waitMs));
    }
    return overdue.length === 0 ? null : { count: overdue.length, from: Math.min(...overdue.map(({ at }) => at)) - BEFORE_MS };
  }

  /** Rooms in which nothing is caught up with: what is missing there, is being read. */
  private async roomsToRead(instance: string, tenant: string): Promise<string[]> {
    const found = await this.database.query<{ room: string }>(
      `select m.room from mirror m join incident i on i.id = m.incident_id
        where m.instance = $1 and m.tenant = $2 and m.state = 'open' and m.room is not null and i.category in ('triage', 'active', 'paused')
          and not exists (select 1 from gap g where g.mirror_id = m.id and g.state <> 'closed')`,
      [instance, tenant],
    );
    const readAt = (room: string): number => this.readings.get(keyOf(instance, tenant, room))?.at ?? -Infinity;
    const rooms = found.map(({ room }) => room);
    for (const key of this.readings.keys())
      if (key.startsWith(keyOf(instance, tenant, '')) && !rooms.some((room) => key === keyOf(instance, tenant, room)))
        this.readings.delete(key);
    return rooms.sort((a, b) => readAt(a) - readAt(b)).slice(0, ROOMS);
  }

  private async notBrought(instance: string, tenant: string, said: readonly Envelope[]): Promise<Envelope[]> {
    if (said.length === 0) return [];
    const known = await this.database.query<{ id: string }>(
      'select envelope_id as id from inbox where instance = $1 and tenant = $2 and envelope_id = any($3)',
      [instance, tenant, said.map(({ id }) => id)],
    );
    const brought = new Set(known.map(({ id }) => id));
    return said.filter(({ id }) => !brought.has(id));
  }
}

/** What people wrote; null when not all of it could be read. */
async function readLately(chat: Chat, tenant: string, room: string, signal: AbortSignal): Promise<Envelope[] | null> {
  const { history } = chat.adapter;
  if (!history) return null;
  const query = { room: { adapter: chat.id, tenant, room }, after: Date.now() - LATELY_MS, limit: LIMIT };
  const said: Envelope[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < PAGES; pages++) {
    const read = await history.page({ ...query, ...(cursor === undefined ? {} : { cursor }) }, signal);
    if (read.outcome !== 'done') return null;
    said.push(...read.value.envelopes.filter(({ event }) => event.type === 'message.created' && event.message.origin === 'human'));
    if (read.value.complete) return said;
    cursor = read.value.cursor;
  }
  return said;
}

const keyOf = (instance: string, tenant: string, room: string): string => `${instance}/${tenant}/${room}`;
