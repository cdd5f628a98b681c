import type { FileFact } from '#libs/war-room-protocol/files';
import type { Incidents } from '#src/incidents/incidents.service';
import { mustStillSee } from '#src/incidents/visibility.queries';
import { areOne } from '#src/people/one-person.queries';
import type { Actor } from '#src/people/people.types';
import { type Database, type Tx, afterCommit, rows } from '#src/platform/database/database';
import { constraintOf } from '#src/platform/database/database-errors';
import type { NewEvent } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import { uuidFor } from '#src/platform/log/uuid-for';
import type { ArtifactStore } from './artifact-store.types.ts';
import { FileIdReused, FileNotFound, FileRemoved, NotYourMessage, StoreAway } from './artifacts.errors.ts';
import type { FileAdded, FileRemoved as Removed } from './artifacts.events.ts';
import { type ArtifactRow, toArtifact } from './artifacts.queries.ts';
import type { Artifact, ToAdd } from './artifacts.types.ts';
import { fileName } from './file-name.ts';
import { Inspection } from './media-type.ts';
import { keyOf } from './store/keys.ts';

export interface Added {
  readonly artifact: Artifact;
  readonly seq: number;
}

/**
 * Files of a room. The bytes come first, outside of any transaction, and are durable before the row and the event say that
 * there is a file: what breaks in between leaves bytes that nobody can see, and the sweep takes them away.
 */
export class Artifacts {
  constructor(
    private readonly database: Database,
    private readonly log: StreamLog,
    private readonly incidents: Incidents,
    private readonly store: ArtifactStore,
    private readonly limit: number,
  ) {}

  /**
   * Keeps a file and says so in the room. The same again answers the first one's number.
   *
   * @throws FileTooLarge, FileKindRefused, FileEmpty, FileIdReused, FileRemoved, NotYourMessage, IncidentNotFound, StoreAway
   */
  async add(file: ToAdd): Promise<Added> {
    const fact = await this.keepBytes(file);
    try {
      return await this.database.transaction((tx) => this.record(tx, file.incidentId, fact, file.by));
    } catch (error) {
      // A message or a change of this room has this id already.
      if (constraintOf(error) === 'event_once') throw new FileIdReused();
      // The bytes of a file that was taken away came again.
      if (error instanceof FileRemoved) await this.store.remove(keyOf(fact.fileId, fact.sha256)).catch(onlyWhenAway);
      throw error;
    }
  }

  /**
   * The same for a file of a message that is in the room already, whose author takes part by that. `isWanted` is asked in the
   * transaction that records it, when the bytes are here: where it says no, the room is told nothing. True when it is kept.
   *
   * @throws FileTooLarge, FileKindRefused, FileEmpty, FileRemoved, StoreAway, and what `file.bytes` throws
   */
  async addFetched(file: ToAdd & { readonly messageId: string }, isWanted: (tx: Tx) => Promise<boolean>): Promise<boolean> {
    const fact = await this.keepBytes(file);
    return this.database.transaction(async (tx) => {
      if (!(await isWanted(tx))) return false;
      await this.lockId(tx, fact.fileId);
      if (!(await this.lock(tx, fact.fileId))) await this.write(tx, file.incidentId, fact, file.by);
      return true;
    });
  }

  /** Nobody keeps more than this in one file. */
  get mostBytes(): number {
    return this.limit;
  }

  /**
   * Takes a file's bytes away for good; that there was one stays in the log. Whoever added it may, whoever leads, and an
   * admin. Done twice, it is done once. @throws FileNotFound, NotAllowed
   */
  async remove(incidentId: string, fileId: string, by: Actor): Promise<{ seq: number }> {
    return this.database.transaction(async (tx) => {
      await mustStillSee(tx, incidentId, by);
      const found = await this.lock(tx, fileId);
      if (!found || found.incidentId !== incidentId) throw new FileNotFound(fileId);
      if (!(await areOne(tx, found.by.id, by.person.id))) await this.incidents.mustBeAllowed(tx, { id: incidentId, by }, 'file.remove');
      const eventId = uuidFor(found.fact.fileId, 'removed');
      if (found.removedAt) return { seq: await seqOf(tx, incidentId, eventId) };

      return { seq: await this.takeAway(tx, found, { by: by.person, via: by.via }) };
    });
  }

  /** Files go with the message that they came with: whoever takes that back takes them back. */
  async removeWith(tx: Tx, messageId: string, by: Pick<NewEvent, 'by' | 'via'>): Promise<void> {
    for (const row of await rows<ArtifactRow>(
      tx,
      'select * from artifact where message_id = $1 and removed_at is null order by added_at, id for update',
      [messageId],
    ))
      await this.takeAway(tx, toArtifact(row), by);
  }

  /** One of them. */
  async removeOne(tx: Tx, fileId: string, by: Pick<NewEvent, 'by' | 'via'>): Promise<void> {
    const found = await this.lock(tx, fileId);
    if (found && !found.removedAt) await this.takeAway(tx, found, by);
  }

  private async takeAway(tx: Tx, { incidentId, fact }: Artifact, by: Pick<NewEvent, 'by' | 'via'>): Promise<number> {
    await tx.query('update artifact set removed_at = clock_timestamp() where id = $1', [fact.fileId]);
    // A store that is away keeps the bytes until the sweep comes by; nobody can see them from now on.
    afterCommit(tx, () => void this.store.remove(keyOf(fact.fileId, fact.sha256)).catch(() => undefined));
    const { seq } = await this.log.append<'file.removed', Removed>(tx, incidentId, {
      id: uuidFor(fact.fileId, 'removed'),
      type: 'file.removed',
      ...by,
      data: { fileId: fact.fileId, name: fact.name },
    });
    return seq;
  }

  private async keepBytes(file: ToAdd): Promise<FileFact> {
    const inspection = new Inspection(this.limit);
    const { size, sha256 } = await this.store.put(file.id, inspection.of(file.bytes));
    return {
      fileId: file.id.toLowerCase(),
      name: fileName(file.name, inspection.mediaType),
      mediaType: inspection.mediaType,
      size,
      sha256,
      ...(file.alt ? { alt: file.alt } : {}),
      ...(file.messageId ? { messageId: file.messageId } : {}),
    };
  }

  private async record(tx: Tx, incidentId: string, fact: FileFact, by: Actor): Promise<Added> {
    await this.lockId(tx, fact.fileId);
    const known = await this.lock(tx, fact.fileId);
    if (known) return this.again(tx, known, incidentId, fact, by);
    if (fact.messageId) await requireOwnMessage(tx, incidentId, fact.messageId, by);
    if (await this.incidents.joinByThemselves(tx, incidentId, by.person.id)) await this.announce(tx, incidentId, fact, by);
    return this.write(tx, incidentId, fact, by);
  }

  private async write(tx: Tx, incidentId: string, fact: FileFact, by: Actor): Promise<Added> {
    const [row] = await rows<ArtifactRow>(
      tx,
      `insert into artifact (id, incident_id, name, media_type, size, sha256, alt, message_id, added_by, added_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, clock_timestamp()) returning *`,
      [
        fact.fileId,
        incidentId,
        fact.name,
        fact.mediaType,
        fact.size,
        fact.sha256,
        fact.alt ?? null,
        fact.messageId ?? null,
        JSON.stringify(by.person),
      ],
    );
    if (!row) throw new Error('an insert answered no row');
    const { seq } = await this.log.append<'file.added', FileAdded>(tx, incidentId, {
      id: fact.fileId,
      type: 'file.added',
      by: by.person,
      via: by.via,
      data: fact,
    });
    return { artifact: toArtifact(row), seq };
  }

  private async again(tx: Tx, known: Artifact, incidentId: string, fact: FileFact, by: Actor): Promise<Added> {
    const isSame =
      known.incidentId === incidentId &&
      known.by.id === by.person.id &&
      (['sha256', 'name', 'alt', 'messageId'] as const).every((part) => known.fact[part] === fact[part]);
    if (!isSame) throw new FileIdReused();
    if (known.removedAt) throw new FileRemoved(known.fact.name);
    return { artifact: known, seq: await seqOf(tx, incidentId, known.fact.fileId) };
  }

  private announce(tx: Tx, incidentId: string, fact: FileFact, by: Actor): Promise<unknown> {
    return this.log.append(tx, incidentId, {
      id: uuidFor(fact.fileId, 'joined'),
      type: 'participant.joined',
      by: by.person,
      via: by.via,
      data: { person: by.person },
    });
  }

  /** The same upload twice at the same moment: the second waits here and then finds the first one's row. */
  private async lockId(tx: Tx, fileId: string): Promise<void> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 3))', [fileId]);
  }

  private async lock(tx: Tx, fileId: string): Promise<Artifact | null> {
    const [row] = await rows<ArtifactRow>(tx, 'select * from artifact where id = $1 for update', [fileId]);
    return row ? toArtifact(row) : null;
  }
}

/** It may not be here yet: words and their pictures travel apart, and neither waits for the other. */
async function requireOwnMessage(tx: Tx, incidentId: string, messageId: string, by: Actor): Promise<void> {
  const [message] = await rows<{ incident_id: string; author: { id: string } | null }>(
    tx,
    'select incident_id, author from message where id = $1',
    [messageId],
  );
  if (message && (message.incident_id !== incidentId || !(await areOne(tx, message.author?.id, by.person.id)))) throw new NotYourMessage();
}

async function seqOf(tx: Tx, incidentId: string, eventId: string): Promise<number> {
  const [event] = await rows<{ seq: string }>(tx, 'select seq from event where stream_id = $1 and id = $2', [incidentId, eventId]);
  if (!event) throw new Error(`file event ${eventId} has a row and is not in the log`);
  return Number(event.seq);
}

/** The sweep comes by later. */
function onlyWhenAway(error: unknown): void {
  if (!(error instanceof StoreAway)) throw error;
}
