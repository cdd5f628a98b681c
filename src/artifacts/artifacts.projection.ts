import type { Projection } from '#src/platform/log/projection.types';
import type { ArtifactEvents } from './artifacts.events.ts';

/** How the rows of files follow from a room's log. Their bytes are kept by whoever brings them. */
export const artifactProjection: Projection<ArtifactEvents> = {
  'file.added': (tx, { streamId, at, by, data: { fileId, name, mediaType, size, sha256, alt, messageId } }) =>
    tx.query(
      `insert into artifact (id, incident_id, name, media_type, size, sha256, alt, message_id, added_by, added_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [fileId, streamId, name, mediaType, size, sha256, alt ?? null, messageId ?? null, JSON.stringify(by), at],
    ),
  'file.removed': (tx, { at, data: { fileId } }) => tx.query('update artifact set removed_at = $2 where id = $1', [fileId, at]),
};
