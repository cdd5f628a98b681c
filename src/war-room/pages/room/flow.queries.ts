import type { RoomEvent } from '#libs/war-room-protocol/events';
import type { FileOfMessage } from '#libs/war-room-protocol/message-files';
import type { AsOne } from '#src/people/as-one.service';
import { WEB } from '#src/people/people.types';
import type { Database } from '#src/platform/database/database';
import type { MessageFileQueries } from './message-files.queries.ts';
import type { MessageMarks, MessageQueries } from './message.queries.ts';

/** An event of the room as it reads now; `now` is the message's text after edits, null once it was taken away. */
export interface FlowItem {
  readonly event: RoomEvent;
  readonly now: string | null;
  readonly edited: boolean;
  readonly marks: MessageMarks | null;
  /** What it came with from its chat; nothing of a message that was taken away. */
  readonly files: readonly FileOfMessage[];
}

export interface Flow {
  readonly items: readonly FlowItem[];
  /** Where the page before this one ends; null when there is none. */
  readonly older: number | null;
}

interface Row {
  seq: string;
  id: string;
  type: string;
  at: Date;
  display_at: Date;
  late: boolean;
  actor: RoomEvent['by'];
  via: RoomEvent['via'];
  data: object;
  text: string | null;
  edited_at: Date | null;
  deleted_at: Date | null;
}

export const PAGE = 200;

/** What changes another event's look, or says nothing to a reader. */
const SILENT = ['message.edited', 'message.deleted', 'message.reacted', 'mirror.requested'];

/** The room's flow for pages without a script: the newest, or those before a number, in the order in which they were said. */
export class FlowQueries {
  constructor(
    private readonly database: Database,
    private readonly messages: MessageQueries,
    private readonly files: MessageFileQueries,
    private readonly asOne: AsOne,
  ) {}

  async page(incidentId: string, before: number | null): Promise<Flow> {
    const rows = await this.database.query<Row>(
      `select e.*, m.text, m.edited_at, m.deleted_at from event e left join message m on m.id = e.id and e.type = 'message.posted'
        where e.stream_id = $1 and ($2::bigint is null or e.seq < $2) and not (e.type = any($3)) order by e.seq desc limit $4`,
      [incidentId, before, SILENT, PAGE + 1],
    );
    const shown = rows.slice(0, PAGE);
    const marks = await this.messages.marks(shown.filter(({ type }) => type === 'message.posted').map(({ id }) => id));
    const items = shown.map((row) => toItem(row, marks.get(row.id) ?? null));
    const files = await this.files.of(
      incidentId,
      items.map(({ event }) => event),
      items.filter(({ edited, event }) => edited && event.via.id !== WEB.id).map(({ event }) => event.id),
    );
    const read = await this.asOne.read(items.map(({ event }) => event));
    return {
      items: items
        .map((item, at) => ({ ...item, event: read[at] ?? item.event, files: item.now === null ? [] : (files.get(item.event.id) ?? []) }))
        .sort((a, b) => a.event.displayAt.localeCompare(b.event.displayAt) || a.event.seq - b.event.seq),
      older: rows.length > PAGE ? Number(shown.at(-1)?.seq) : null,
    };
  }
}

function toItem(row: Row, marks: MessageMarks | null): Omit<FlowItem, 'files'> {
  const event = {
    seq: Number(row.seq),
    id: row.id,
    type: row.type,
    at: row.at.toISOString(),
    displayAt: row.display_at.toISOString(),
    late: row.late,
    by: row.actor,
    via: row.via,
    data: row.data,
  } as RoomEvent;
  return { event, now: row.deleted_at ? null : row.text, edited: row.edited_at !== null, marks };
}
