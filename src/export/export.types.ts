import * as z from 'zod/mini';
import { roomEvent } from '#libs/war-room-protocol/events';
import { announcementProjection } from '#src/announcements/announcements.projection';
import { artifactProjection } from '#src/artifacts/artifacts.projection';
import { incidentProjection } from '#src/incidents/incidents.projection';
import type { ActorFact } from '#src/platform/log/event.types';
import type { KeptEvent } from '#src/platform/log/adopt';
import type { AnyProjection } from '#src/platform/log/projection.types';
import { isUuid } from '#src/platform/words/is-uuid';
import { roomProjection } from '#src/rooms/rooms.projection';
import { timelineProjection } from '#src/timeline/timeline.projection';
import { updateProjection } from '#src/updates/updates.projection';

export const FORMAT = 1;

/** How every event of a room becomes rows. A capability with events of its own adds its projection here. */
export const PROJECTION = {
  ...incidentProjection,
  ...roomProjection,
  ...timelineProjection,
  ...artifactProjection,
  ...updateProjection,
  ...announcementProjection,
} as AnyProjection;

const moment = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/));
const named = z.object({ id: z.string(), name: z.string() });
const event = z.object({
  seq: z.number(),
  id: z.uuid(),
  type: z.string(),
  version: z.number(),
  at: moment,
  occurredAt: z.nullable(moment),
  displayAt: moment,
  late: z.boolean(),
  by: z.nullable(named),
  via: named,
  data: z.looseObject({}),
});

/** Somebody of whom the log tells by several accounts. They are read as one where it was exported. */
const joined = z.strictObject({ id: z.uuid(), name: z.string(), accounts: z.array(z.strictObject({ id: z.uuid(), name: z.string() })) });
export type JoinedPerson = z.infer<typeof joined>;

/** One line of an exported incident: what it is, its events in order, whose accounts those are that it names, the bytes of its files in pieces, and its end. */
export const line = z.union([
  z.strictObject({
    muster: z.literal('incident'),
    format: z.literal(FORMAT),
    id: z.uuid(),
    // A number that is counted on from here, and that people can call it by.
    reference: z.string().check(z.regex(/^(INC|DRILL)-[1-9]\d{0,8}$/)),
    events: z.number(),
    at: z.string(),
  }),
  z.strictObject({ event }),
  z.strictObject({ people: z.array(joined) }),
  z.strictObject({ file: z.strictObject({ key: z.string(), bytes: z.base64() }) }),
  z.strictObject({ end: z.strictObject({ events: z.number(), files: z.number() }) }),
]);
export type Line = z.infer<typeof line>;

/** An incident as a log and nothing else. */
export interface Exported {
  readonly id: string;
  readonly reference: string;
  readonly events: readonly KeptEvent[];
}

/** What is wrong with an event, by the schema that pages read it by; null when nothing is. */
export function problemOf(kept: KeptEvent): string | null {
  if (!(kept.type in PROJECTION)) return `this Muster knows no event "${kept.type.slice(0, 60)}": it may be from a newer one`;
  if ('html' in kept.data) return 'data.html: a log holds what people wrote, and no HTML; no Muster wrote this line';
  // As pages get it, messages carry their HTML too.
  const known = roomEvent.safeParse({ ...kept, data: { ...kept.data, html: '' } });
  const [issue] = known.success ? [] : known.error.issues;
  return issue ? `${issue.path.join('.')}: ${issue.message}` : null;
}

/** Everybody an event names, wherever it does. */
export function peopleIn(value: unknown): ActorFact[] {
  if (typeof value !== 'object' || value === null) return [];
  const { id, name } = value as Partial<ActorFact>;
  const isPerson = typeof id === 'string' && isUuid(id) && typeof name === 'string' && !('type' in value);
  return [...(isPerson ? [{ id, name }] : []), ...Object.values(value).flatMap(peopleIn)];
}

/** The keys of the files that are in a room at the end of its log, with their sizes in bytes. */
export function filesOf(events: Iterable<Pick<KeptEvent, 'type' | 'data'>>): Map<string, number> {
  const files = new Map<string, [key: string, size: number]>();
  for (const { type, data } of events) {
    const { fileId = '', sha256 = '', size = 0 } = data as { fileId?: string; sha256?: string; size?: number };
    if (type === 'file.added') files.set(fileId, [`${fileId}.${sha256}`, size]);
    if (type === 'file.removed') files.delete(fileId);
  }
  return new Map(files.values());
}
