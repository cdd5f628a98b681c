import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { isDeepStrictEqual } from 'node:util';
import type { ArtifactStore } from '#src/artifacts/artifact-store.types';
import { type Database } from '#src/platform/database/database';
import { codeOf } from '#src/platform/database/database-errors';
import { KEPT_EVENTS, type KeptEvent } from '#src/platform/log/adopt';
import { Refusal } from '#src/platform/processes/refusal';
import { adoptIncident } from './adopting.service.ts';
import { type Exported, filesOf, type Line, line as lineShape, problemOf } from './export.types.ts';

export interface Imported {
  readonly reference: string;
  /** It was here already, event by event; nothing was changed. */
  readonly again: boolean;
  readonly events: number;
}

/**
 * Makes an incident that was exported elsewhere an incident of this Muster: the same log, number by number, and the tables that
 * follow from it. Its reference is another one where it is taken. Done twice, it is done once.
 *
 * It is not mirrored, and nobody is told: where it happened, people were. The people it names are known here afterwards, without
 * a way to sign in.
 *
 * @throws Refusal, which names the line; then nothing was imported
 */
export async function importIncident(database: Database, store: Pick<ArtifactStore, 'put'>, file: string): Promise<Imported> {
  const exported = await readExported(file);
  const known = await isHere(database, exported);
  if (known) return { reference: known, again: true, events: exported.events.length };

  await keepFiles(store, file);
  try {
    const reference = await database.transaction((tx) => adoptIncident(tx, exported));
    return { reference, again: false, events: exported.events.length };
  } catch (error) {
    if (codeOf(error) !== '23505') throw error;
    throw new Refusal(`Something in ${file} is here already under the same id, in another incident. Nothing was imported.`);
  }
}

async function isHere(database: Database, { id, events }: Exported): Promise<string | null> {
  const [incident] = await database.query<{ reference: string }>('select reference from incident where id = $1', [id]);
  if (!incident) return null;
  for (let after = 0; after < events.length;) {
    const page = await database.query<KeptEvent>(KEPT_EVENTS, [id, after, events.length]);
    const differs = page.find((kept) => !isDeepStrictEqual(kept, events[kept.seq - 1]));
    if (differs || page.length === 0)
      throw new Refusal(
        `${incident.reference} is this incident and is here already, with another log from event ${differs?.seq ?? after + 1} on. Nothing was imported.`,
      );
    after += page.length;
  }
  return incident.reference;
}

/** Reads it all before any of it is used. */
async function readExported(file: string): Promise<Exported> {
  let head: Extract<Line, { muster: string }> | undefined;
  let end: Extract<Line, { end: object }> | undefined;
  const events: KeptEvent[] = [];
  const ids = new Set<string>();
  const things = new Set<string>();
  const read = new Map<string, { readonly sum: Hash; readonly bytes: number }>();
  let lastKey = '';
  await eachLine(file, async (line, refuse) => {
    if (!head !== 'muster' in line) refuse(head ? 'it begins a second incident' : 'it should say what this is, and does not');
    if (end) refuse('it comes after the end');
    if ('muster' in line) head = line;
    else if ('event' in line) {
      const event = line.event as KeptEvent;
      if (event.seq !== events.length + 1) refuse(`event ${events.length + 1} should be here, and it is ${event.seq}`);
      if (ids.has(event.id)) refuse('this event has the id of an earlier one');
      if ((event.seq === 1) !== (event.type === 'incident.declared')) refuse('an incident is declared once, in its first event');
      const problem = problemOf(event);
      if (problem) refuse(problem);
      if (!knowsAll(event, things)) refuse('it is about something that this incident does not have');
      ids.add(event.id);
      events.push(event);
    } else if ('people' in line) {
      // Who may what is decided here: nobody is joined because a file says so.
      return;
    } else if ('file' in line) {
      const { key } = line.file;
      if (key !== lastKey && read.has(key)) refuse('the pieces of this file are apart');
      lastKey = key;
      const piece = Buffer.from(line.file.bytes, 'base64');
      const { sum, bytes } = read.get(key) ?? { sum: createHash('sha256'), bytes: 0 };
      read.set(key, { sum: sum.update(piece), bytes: bytes + piece.length });
      if (!filesOf(events).has(key)) refuse('no event names this file');
    } else {
      end = line;
      if (end.end.events !== events.length || head?.events !== events.length || end.end.files !== read.size)
        refuse(`${end.end.events} events and ${end.end.files} files were written, ${events.length} and ${read.size} are here`);
      const named = filesOf(events);
      for (const [key, { sum, bytes }] of read)
        if (!key.endsWith(`.${sum.digest('hex')}`) || bytes !== named.get(key))
          refuse(`the bytes of the file ${key.slice(0, 36)} are not what was written`);
    }
  });
  if (!head || !end) throw new Refusal(`${file} breaks off: its last line is missing. Export it again. Nothing was imported.`);
  return { id: head.id, reference: head.reference, events };
}

/** What an event may be about was begun earlier in the same log: another incident's words and files are not its own to change. */
function knowsAll({ type, data }: KeptEvent, things: Set<string>): boolean {
  const { messageId, fileId, entryId, replyTo } = data as Partial<Record<'messageId' | 'fileId' | 'entryId' | 'replyTo', string>>;
  const begun = { 'message.posted': messageId, 'file.added': fileId, 'timeline.entry-added': entryId }[type];
  if (begun) things.add(begun.toLowerCase());
  // The message that a file goes with may follow it.
  const about = type === 'file.added' ? [fileId] : [messageId, fileId, entryId, replyTo];
  return about.every((id) => id === undefined || things.has(id.toLowerCase()));
}

async function keepFiles(store: Pick<ArtifactStore, 'put'>, file: string): Promise<void> {
  let current: { readonly key: string; readonly bytes: Buffer[] } | undefined;
  const keep = async (): Promise<void> => {
    if (current) await store.put(current.key.slice(0, 36), current.bytes as unknown as AsyncIterable<Uint8Array>);
  };
  await eachLine(file, async (line) => {
    if (!('file' in line)) return;
    if (current?.key !== line.file.key) {
      await keep();
      current = { key: line.file.key, bytes: [] };
    }
    current.bytes.push(Buffer.from(line.file.bytes, 'base64'));
  });
  await keep();
}

async function eachLine(file: string, take: (line: Line, refuse: (why: string) => never) => Promise<void>): Promise<void> {
  let number = 0;
  const refuse = (why: string): never => {
    throw new Refusal(`${file}, line ${number}: ${why}. Nothing was imported.`);
  };
  try {
    for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
      number++;
      if (text === '') continue;
      await take(parsed(text, refuse), refuse);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new Refusal(`There is no file ${file}.`);
    throw error;
  }
}

function parsed(text: string, refuse: (why: string) => never): Line {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('this is not JSON');
  }
  const result = lineShape.safeParse(value);
  return result.success ? result.data : refuse('this is no line of an exported incident');
}
