import type { RoomEvent } from '#libs/war-room-protocol/events';
import { NOT_DECLARED, WAITED_BY, type Waiting, waitingAfter } from '#libs/war-room-protocol/waiting';
import { holdStill } from '#src/incidents/visibility.queries';
import { type Database, type Tx, rows } from '#src/platform/database/database';

interface Row {
  readonly seq: string;
  readonly id: string;
  readonly type: string;
  readonly at: Date;
  readonly by: RoomEvent['by'];
  readonly data: object;
}

/** The first condition is the index's. */
const TOLD = `select seq, id, type, at, actor as by, data from event
  where type not like 'message.%' and type in (${WAITED_BY.map((type) => `'${type}'`).join(', ')}) and stream_id`;

/** What an incident waits for once it was told so much. */
export interface WaitingAt {
  readonly seq: number;
  readonly waiting: Waiting;
}

const NOTHING_TOLD: WaitingAt = { seq: 0, waiting: NOT_DECLARED };

/** What an incident was told last, and what it waits for. */
export class UpdateQueries {
  constructor(private readonly database: Database) {}

  async of(incidentId: string): Promise<Waiting> {
    return waitingFrom(await this.database.query<Row>(`${TOLD} = $1 order by seq`, [incidentId]));
  }

  /** Every incident in which something may be asked for, and how much it was told. */
  async going(): Promise<{ id: string; seq: number }[]> {
    const found = await this.database.query<{ id: string; seq: string }>(
      `select i.id, s.seq from incident i join stream s on s.id = i.id where i.category = 'active' and i.practice_instance is null`,
    );
    return found.map(({ id, seq }) => ({ id, seq: Number(seq) }));
  }

  /** Reads only what was told since. */
  async upTo(seq: number, incidentId: string, before: WaitingAt = NOTHING_TOLD): Promise<WaitingAt> {
    if (before.seq >= seq) return before;
    const told = await this.database.query<Row>(`${TOLD} = $1 and seq > $2 and seq <= $3 order by seq`, [incidentId, before.seq, seq]);
    return { seq, waiting: told.map(toEvent).reduce(waitingAfter, before.waiting) };
  }
}

/** Held until the transaction ends: what is waited for cannot change meanwhile. */
export async function heldWaiting(tx: Tx, incidentId: string): Promise<Waiting> {
  await holdStill(tx, incidentId);
  return waitingFrom(await rows<Row>(tx, `${TOLD} = $1 order by seq`, [incidentId]));
}

const waitingFrom = (events: readonly Row[]): Waiting => events.map(toEvent).reduce(waitingAfter, NOT_DECLARED);

const toEvent = ({ seq, at, ...event }: Row): RoomEvent => ({ ...event, seq: Number(seq), at: at.toISOString() }) as unknown as RoomEvent;
