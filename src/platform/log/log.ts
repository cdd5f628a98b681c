import { type Database, type Tx, afterCommit, rows } from '#src/platform/database/database';
import { currentTrace } from '#src/platform/logging/trace';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { LoggedEvent, NewEvent } from './event.types.ts';
import { momentOf } from './moment-of.ts';

export type StreamKind = 'incident' | 'organisation';

interface Row {
  stream_id: string;
  seq: string;
  id: string;
  type: string;
  version: number;
  at: Date;
  occurred_at: Date | null;
  shown_at: string;
  late: boolean;
  actor: LoggedEvent['by'];
  via: LoggedEvent['via'];
  data: object;
  trace: string | null;
}

const SHOWN_AT = `${momentOf('display_at')} as shown_at`;
const COLUMNS = `stream_id, seq, id, type, version, at, occurred_at, late, actor, via, data, trace, ${SHOWN_AT}`;

/**
 * `last_at` has an index, and is moved once a minute only: a row whose indexed columns stay as they are is updated in its
 * own page (a heap-only tuple), without a write to any index.
 */
const APPEND = `
  with next as (
    update stream set seq = seq + 1,
           last_at = case when last_at < clock_timestamp() - interval '1 minute' then clock_timestamp() else last_at end
     where id = $1 returning seq
  )
  insert into event (stream_id, seq, id, type, occurred_at, display_at, late, actor, via, data, trace)
  select $1, next.seq, $2, $3, $4, coalesce($5, clock_timestamp()), $6, $7, $8, $9, $10 from next
  returning seq, version, at, ${SHOWN_AT}`;

/** The stream does not exist: nothing was opened under this id. */
export class NoSuchStream extends Error {
  constructor(readonly streamId: string) {
    super(`There is no stream ${streamId}.`);
    this.name = 'NoSuchStream';
  }
}

/**
 * The truth: one append-only stream of numbered events for each incident, and one for the organisation.
 *
 * Numbers are handed out under the stream's row lock, so the order of commits is the order of numbers, there is no gap,
 * and a reader that remembers the last number it saw misses nothing. That is why `append` belongs at the end of a
 * transaction: whoever appends next to the same stream waits until this one is over.
 */
export class StreamLog {
  constructor(
    private readonly database: Database,
    private readonly doorbell: Doorbell,
  ) {}

  async open(tx: Tx, streamId: string, kind: StreamKind): Promise<void> {
    await tx.query('insert into stream (id, kind) values ($1, $2)', [streamId, kind]);
  }

  /**
   * Records the event under the stream's next number and returns it. Watchers and followers hear of it after the commit.
   *
   * An event id that the stream already has violates `event_once` and undoes the caller's transaction, number included:
   * a second number for one event would be a double, and a number without one a gap.
   *
   * One statement, on purpose: the row lock is then held for the commit only (`npm run bench`, log.append).
   */
  async append<Type extends string, Data extends object>(
    tx: Tx,
    streamId: string,
    event: NewEvent<Type, Data>,
  ): Promise<LoggedEvent<Type, Data>> {
    const trace = currentTrace();
    const [row] = await rows<Pick<Row, 'seq' | 'version' | 'at' | 'shown_at'>>(tx, APPEND, [
      streamId,
      event.id,
      event.type,
      event.occurredAt ?? null,
      event.late?.displayAt ?? null,
      event.late !== undefined,
      event.by && JSON.stringify(event.by),
      JSON.stringify(event.via),
      JSON.stringify(event.data),
      trace,
    ]);
    if (!row) throw new NoSuchStream(streamId);
    afterCommit(tx, () => this.doorbell.ring({ topic: 'stream', id: streamId }));
    return {
      ...event,
      streamId,
      seq: Number(row.seq),
      version: row.version,
      at: row.at,
      occurredAt: event.occurredAt ?? null,
      displayAt: row.shown_at,
      late: event.late !== undefined,
      trace,
    };
  }

  /** Events after a number, in order, at most `limit`. */
  async read(streamId: string, after: number, limit: number): Promise<LoggedEvent[]> {
    const found = await this.database.query<Row>(`select ${COLUMNS} from event where stream_id = $1 and seq > $2 order by seq limit $3`, [
      streamId,
      after,
      limit,
    ]);
    return found.map(toEvent);
  }

  /** The same inside a transaction, for followers. */
  async readIn(tx: Tx, streamId: string, after: number, limit: number): Promise<LoggedEvent[]> {
    const found = await rows<Row>(tx, `select ${COLUMNS} from event where stream_id = $1 and seq > $2 order by seq limit $3`, [
      streamId,
      after,
      limit,
    ]);
    return found.map(toEvent);
  }

  /** The event recorded under this id, if any: how a repeated command finds its first answer. */
  async find(streamId: string, eventId: string): Promise<LoggedEvent | null> {
    const [row] = await this.database.query<Row>(`select ${COLUMNS} from event where stream_id = $1 and id = $2`, [streamId, eventId]);
    return row ? toEvent(row) : null;
  }

  async lastSeq(streamId: string): Promise<number> {
    const [row] = await this.database.query<{ seq: string }>('select seq from stream where id = $1', [streamId]);
    if (!row) throw new NoSuchStream(streamId);
    return Number(row.seq);
  }
}

function toEvent(row: Row): LoggedEvent {
  return {
    streamId: row.stream_id,
    seq: Number(row.seq),
    id: row.id,
    type: row.type,
    version: row.version,
    at: row.at,
    occurredAt: row.occurred_at,
    displayAt: row.shown_at,
    late: row.late,
    by: row.actor,
    via: row.via,
    data: row.data,
    trace: row.trace,
  };
}
