import type { FileFact } from '#libs/war-room-protocol/files';
import type { Database } from '#src/platform/database/database';
import { type PageOf, cut, mustBeKnown } from '#src/platform/http/paging';
import type { ActorFact } from '#src/platform/log/event.types';
import { isUuid } from '#src/platform/words/is-uuid';
import { FileNotFound } from './artifacts.errors.ts';
import type { Artifact } from './artifacts.types.ts';

export interface ArtifactRow {
  id: string;
  incident_id: string;
  name: string;
  media_type: string;
  size: string;
  sha256: string;
  alt: string | null;
  message_id: string | null;
  added_by: ActorFact;
  added_at: Date;
  removed_at: Date | null;
}

/** What screens read of files. Whether somebody may see the incident is for the caller to ask. */
export class ArtifactQueries {
  constructor(private readonly database: Database) {}

  /** Of any incident. @throws FileNotFound */
  async get(fileId: string): Promise<Artifact> {
    const found = isUuid(fileId) ? await this.database.query<ArtifactRow>('select * from artifact where id = $1', [fileId]) : [];
    if (!found[0]) throw new FileNotFound(fileId);
    return toArtifact(found[0]);
  }

  /** Oldest first, removed ones too: the room says that they were there. */
  async list(incidentId: string, { after, limit }: PageOf) {
    const found = await this.database.query<ArtifactRow>(
      `select * from artifact a where incident_id = $1
          and ($3::uuid is null or (a.added_at, a.id) > (select last.added_at, last.id from artifact last where last.id = $3 and last.incident_id = $1))
        order by added_at, id limit $2`,
      [incidentId, limit + 1, after ?? null],
    );
    await mustBeKnown(after, found, (id) =>
      this.database.query('select 1 from artifact where id = $1 and incident_id = $2', [id, incidentId]),
    );
    const { shown, next, more } = cut(found, { after: after ?? null, limit }, ({ id }) => id);
    return { shown: shown.map(toArtifact), next, more };
  }

  /** What is recorded of these, removed ones too. */
  async kept(fileIds: readonly string[]): Promise<{ id: string; sha256: string; removedAt: Date | null }[]> {
    return this.database.query('select id, sha256, removed_at as "removedAt" from artifact where id = any($1::uuid[])', [fileIds]);
  }
}

export const toArtifact = (row: ArtifactRow): Artifact => ({
  incidentId: row.incident_id,
  fact: factOf(row),
  by: row.added_by,
  addedAt: row.added_at,
  removedAt: row.removed_at,
});

const factOf = (row: ArtifactRow): FileFact => ({
  fileId: row.id,
  name: row.name,
  mediaType: row.media_type,
  size: Number(row.size),
  sha256: row.sha256,
  ...(row.alt === null ? {} : { alt: row.alt }),
  ...(row.message_id === null ? {} : { messageId: row.message_id }),
});
