import { type Tx, rows } from '#src/platform/database/database';
import type { ActorFact, SurfaceFact } from '#src/platform/log/event.types';
import { doneBefore, IdUsedBefore } from '#src/platform/log/done-before';
import type { StreamLog } from '#src/platform/log/log';
import { EntryNotUsable, NotOnTheTimeline, NotYetHappened } from './timeline.errors.ts';
import type { TimelineEntry, TimelineItemHidden } from './timeline.events.ts';

const ENTRY_CHARS = 1_000;
/** A clock that is a little ahead of ours is no prophet. */
const CLOCKS_DIFFER_MS = 60_000;

export interface TimelineAsk {
  readonly incidentId: string;
  /** Becomes the event's id: the same again finds what it did. */
  readonly requestId: string;
  readonly by: { readonly person: ActorFact; readonly via: SurfaceFact };
}

/** What people make of the timeline: entries with a time of their own, and what is left out. Every version stays in the log. */
export class Timeline {
  constructor(private readonly log: StreamLog) {}

  /**
   * Adds what happened at a time of its own. Its id is the request's.
   *
   * @throws EntryNotUsable, NotYetHappened, IdUsedBefore, NoSuchStream
   */
  async add(tx: Tx, ask: TimelineAsk, given: string, at: Date): Promise<number> {
    const entry = entryOf(ask.requestId, given, at);
    // The same request twice at the same moment: the second waits here and then finds the first one's event.
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 3))', [ask.requestId]);
    const done = await doneBefore<TimelineEntry>(tx, ask.incidentId, ask.requestId, 'timeline.entry-added', (was) => isSame(was, entry));
    if (done !== null) return done;
    const added = await rows(
      tx,
      'insert into timeline_entry (id, incident_id, text, happened_at) values ($1, $2, $3, $4) on conflict do nothing returning 1',
      [ask.requestId, ask.incidentId, entry.text, entry.happenedAt],
    );
    // In another incident.
    if (added.length === 0) throw new IdUsedBefore();
    return this.append(tx, ask, 'timeline.entry-added', entry);
  }

  /**
   * As it should read now. Null when it does already; of two at once the one that commits last stands.
   *
   * @throws EntryNotUsable, NotYetHappened, NotOnTheTimeline, IdUsedBefore
   */
  async edit(tx: Tx, ask: TimelineAsk, entryId: string, given: string, at: Date): Promise<number | null> {
    const entry = entryOf(entryId, given, at);
    const [before] = await rows<{ text: string; happened_at: Date }>(
      tx,
      'select text, happened_at from timeline_entry where id = $1 and incident_id = $2 for no key update',
      [entryId, ask.incidentId],
    );
    if (!before) throw new NotOnTheTimeline(entryId);
    const done = await doneBefore<TimelineEntry>(tx, ask.incidentId, ask.requestId, 'timeline.entry-edited', (was) => isSame(was, entry));
    if (done !== null) return done;
    if (before.text === entry.text && before.happened_at.toISOString() === entry.happenedAt) return null;
    await tx.query('update timeline_entry set text = $2, happened_at = $3, edited_at = clock_timestamp() where id = $1', [
      entryId,
      entry.text,
      entry.happenedAt,
    ]);
    return this.append(tx, ask, 'timeline.entry-edited', entry);
  }

  /**
   * Leaves something out of the timeline, or shows it again. In the log and the room it stays. Null when it was so already.
   *
   * @throws NotOnTheTimeline, IdUsedBefore
   */
  async hide(tx: Tx, ask: TimelineAsk, itemId: string, on: boolean): Promise<number | null> {
    const { incidentId } = ask;
    const [item] = await rows(tx, 'select 1 from event where stream_id = $1 and id = $2', [incidentId, itemId]);
    if (!item) throw new NotOnTheTimeline(itemId);
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 3))', [itemId]);
    const done = await doneBefore<TimelineItemHidden>(
      tx,
      ask.incidentId,
      ask.requestId,
      'timeline.item-hidden',
      (was) => was.itemId === itemId && was.on === on,
    );
    if (done !== null) return done;
    const [changed] = on
      ? await rows(tx, 'insert into timeline_hidden (incident_id, item_id) values ($1, $2) on conflict do nothing returning 1', [
          incidentId,
          itemId,
        ])
      : await rows(tx, 'delete from timeline_hidden where incident_id = $1 and item_id = $2 returning 1', [incidentId, itemId]);
    if (!changed) return null;
    return this.append(tx, ask, 'timeline.item-hidden', { itemId, on });
  }

  private async append(tx: Tx, { incidentId, requestId, by }: TimelineAsk, type: string, data: object): Promise<number> {
    return (await this.log.append(tx, incidentId, { id: requestId, type, by: by.person, via: by.via, data })).seq;
  }
}

function entryOf(entryId: string, given: string, at: Date): TimelineEntry {
  const text = given.trim();
  if (text === '' || text.length > ENTRY_CHARS) throw new EntryNotUsable(ENTRY_CHARS);
  if (at.getTime() > Date.now() + CLOCKS_DIFFER_MS) throw new NotYetHappened();
  return { entryId, text, happenedAt: at.toISOString() };
}

const isSame = (one: TimelineEntry, other: TimelineEntry): boolean =>
  one.entryId === other.entryId && one.text === other.text && one.happenedAt === other.happenedAt;
