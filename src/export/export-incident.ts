import type { IncidentView } from '#libs/war-room-protocol/views';
import type { ArtifactStore } from '#src/artifacts/artifact-store.types';
import type { Database } from '#src/platform/database/database';
import { KEPT_EVENTS, type KeptEvent } from '#src/platform/log/adopt';
import { filesOf, FORMAT, type JoinedPerson, type Line, peopleIn } from './export.types.ts';

/** Those of whom the log tells by another account of theirs. */
const JOINED = `
  select o.id, o.name, jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by p.id) as accounts
    from one_person o join person p on p.id = o.own_id where o.own_id = any($1::uuid[]) and o.own_id <> o.id group by o.id, o.name order by o.id`;

/** A multiple of three, so that the pieces of base64 follow each other without padding in between. */
const PIECE_BYTES = 192 * 1024;

/**
 * One incident whole, line by line: its log as it is kept, with every version of every message, and the bytes of its files.
 * It ends where the log ended when it began. A file that lacks its last line is not whole.
 */
export async function* exportIncident(
  database: Database,
  store: Pick<ArtifactStore, 'open'>,
  { id, number, seq }: Pick<IncidentView, 'id' | 'number' | 'seq'>,
): AsyncGenerator<string> {
  const say = (line: Line): string => `${JSON.stringify(line)}\n`;
  yield say({ muster: 'incident', format: FORMAT, id, reference: number, events: seq, at: new Date().toISOString() });
  const ofFiles: KeptEvent[] = [];
  const named = new Set<string>();
  for (let after = 0; after < seq;) {
    const page = await database.query<KeptEvent>(KEPT_EVENTS, [id, after, seq]);
    for (const event of page) {
      if (event.type.startsWith('file.')) ofFiles.push(event);
      for (const { id: person } of peopleIn([event.by, event.data])) named.add(person);
      yield say({ event } as Line);
    }
    after = page.at(-1)?.seq ?? seq;
  }
  const people = await database.query<JoinedPerson>(JOINED, [[...named]]);
  if (people.length > 0) yield say({ people });
  let files = 0;
  for (const key of filesOf(ofFiles).keys()) {
    const bytes = await store.open(key);
    // Removed since: its bytes are not to come back.
    if (!bytes) continue;
    files++;
    for await (const piece of inPieces(bytes)) yield say({ file: { key, bytes: piece.toString('base64') } });
  }
  yield say({ end: { events: seq, files } });
}

async function* inPieces(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  for await (const chunk of bytes) {
    rest = Buffer.concat([rest, chunk]);
    for (; rest.length >= PIECE_BYTES; rest = rest.subarray(PIECE_BYTES)) yield rest.subarray(0, PIECE_BYTES);
  }
  if (rest.length > 0) yield rest;
}
