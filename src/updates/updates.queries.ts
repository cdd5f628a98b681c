import type { RoomEvent } from '#libs/war-room-protocol/events';
import { NOT_DECLARED, type Waiting, waitingAfter } from '#libs/war-room-protocol/waiting';
import { type Database, type Tx, rows } from '#src/platform/database/database';

interface Row {
  readonly stream_id: string;
  readonly seq: string;
  readonly id: string;
  readonly type: string;
  readonly at: Date;
  readonly by: RoomEvent['by'];
  readonly data: object;
}

const TOLD = `select stream_id, seq, id, type, at, actor as by, data from event where type not like 'message.%' and stream_id`;

/** What an incident was told last, and what it waits for. */
export class UpdateQueries {
  constructor(private readonly database: Database) {}

  async of(incidentId: string): Promise<Waiting> {
    return waitingFrom(await this.database.query<Row>(`${TOLD} = $1 order by seq`, [incidentId]));
  }

  /** Of every incident in which something may be asked for. */
  async going(): Promise<Map<string, Waiting>> {
    const found = await this.database.query<Row>(
      `${TOLD} in (select id from incident where category = 'active' and practice_instance is null) order by stream_id, seq`,
    );
    const incidents = new Map<string, Waiting>();
    for (const row of found) incidents.set(row.stream_id, waitingAfter(incidents.get(row.stream_id) ?? NOT_DECLARED, toEvent(row)));
    return incidents;
  }
}

/** Held until the transaction ends: what is waited for cannot change meanwhile. */
export async function heldWaiting(tx: Tx, incidentId: string): Promise<Waiting> {
  await tx.query('select 1 from incident where id = $1 for no key update', [incidentId]);
  return waitingFrom(await rows<Row>(tx, `${TOLD} = $1 order by seq`, [incidentId]));
}

const waitingFrom = (events: readonly Row[]): Waiting => events.map(toEvent).reduce(waitingAfter, NOT_DECLARED);

const toEvent = ({ seq, at, ...event }: Row): RoomEvent => ({ ...event, seq: Number(seq), at: at.toISOString() }) as unknown as RoomEvent;
