import type { FileFact, NamedFile } from '#libs/war-room-protocol/files';
import type { RoomEvent } from '#libs/war-room-protocol/events';
import { type FileOfMessage, lostFile } from '#libs/war-room-protocol/message-files';
import { type ArtifactRow, toArtifact } from '#src/artifacts/artifacts.queries';
import type { Database } from '#src/platform/database/database';
import { uuidFor } from '#src/platform/log/uuid-for';

type Lost = Extract<RoomEvent, { type: 'file.lost' }>['data'];

/** What messages came with from their chats, for pages without a script. */
export class MessageFileQueries {
  constructor(private readonly database: Database) {}

  /** By message id; none for a message without files. `edited`: of which messages. */
  async of(
    incidentId: string,
    events: readonly RoomEvent[],
    edited: readonly string[],
  ): Promise<ReadonlyMap<string, readonly FileOfMessage[]>> {
    const named = new Map<string, readonly NamedFile[]>();
    for (const event of events) if (event.type === 'message.posted' && event.data.files) named.set(event.id, event.data.files);
    const changed = await this.changed(incidentId, edited);
    for (const { message_id, files } of changed) named.set(message_id, files);

    const ids = [...named.values()].flat().map(({ fileId }) => fileId);
    if (ids.length === 0) return new Map();
    const kept = await this.database.query<ArtifactRow>('select * from artifact where id = any($1::uuid[])', [ids]);
    const lost = await this.database.query<{ data: Lost }>('select data from event where stream_id = $1 and id = any($2::uuid[])', [
      incidentId,
      ids.map((id) => uuidFor(id, 'lost')),
    ]);
    const facts = new Map(kept.map(toArtifact).map(({ fact, removedAt }) => [fact.fileId, removedAt === null ? fact : null]));
    const losses = new Map(lost.map(({ data }) => [data.fileId, data]));
    return new Map([...named].map(([id, files]) => [id, files.map((one) => fileOf(one, facts.get(one.fileId), losses.get(one.fileId)))]));
  }

  private async changed(incidentId: string, edited: readonly string[]): Promise<{ message_id: string; files: NamedFile[] }[]> {
    if (edited.length === 0) return [];
    return this.database.query(
      `select distinct on (data ->> 'messageId') data ->> 'messageId' as message_id, data -> 'files' as files from event
        where stream_id = $1 and type = 'message.edited' and data ? 'files' and data ->> 'messageId' = any($2) order by data ->> 'messageId', occurred_at desc`,
      [incidentId, edited],
    );
  }
}

function fileOf(named: NamedFile, fact: FileFact | null | undefined, lost: Lost | undefined): FileOfMessage {
  if (fact) return { state: 'kept', named, fact };
  if (lost) return lostFile(named, lost);
  return { state: fact === null ? 'removed' : 'awaited', named };
}
