import * as z from 'zod/mini';
import { goesOn } from '#libs/war-room-protocol/goes-on';
import { person, surface } from '#libs/war-room-protocol/vocabulary';
import { QUARANTINE_KINDS } from '#src/platform/quarantine/quarantine.types';
import { WORK_CLASSES } from '#src/platform/shedding/work.types';

/** Something that could not be handled, as the screen and the API show it. */
export const asideView = z.object({
  id: z.string(),
  kind: z.enum(QUARANTINE_KINDS),
  /** What it was, without its words: those are for the room it belongs to. */
  what: z.string(),
  incident: z.nullable(z.string()),
  /** Why it was put aside. */
  problem: z.string(),
  tries: z.number(),
  since: z.string(),
  /** `replaying`: somebody asked, and a worker has not ended it yet. */
  state: z.enum(['aside', 'replaying', 'handled', 'dropped']),
  /** What came of the last decision. */
  outcome: z.nullable(z.string()),
  /** What stays missing when it is dropped. */
  missing: z.string(),
});
export type AsideView = z.infer<typeof asideView>;

/** `GET /api/v1/operations/quarantine`, oldest first. */
export const asideList = z.object({ quarantine: z.array(asideView), ...goesOn });

/** How busy a process is, over the seconds before it last said so. */
const load = z.object({
  /** Nine of ten turns of its event loop were late by less than this. */
  loopDelayMs: z.number(),
  /** Questions to the database that wait for a connection. */
  poolWaiting: z.number(),
  /** The classes of work that it has given up. */
  off: z.readonly(z.array(z.enum(WORK_CLASSES))),
});
export type Load = z.infer<typeof load>;

const processView = z.object({
  id: z.string(),
  roles: z.array(z.string()),
  host: z.string(),
  pid: z.number(),
  startedAt: z.string(),
  seenAt: z.string(),
  alive: z.boolean(),
  load,
});
export type ProcessView = z.infer<typeof processView>;

const queueView = z.object({ name: z.string(), length: z.number(), oldest: z.nullable(z.string()) });
export type QueueView = z.infer<typeof queueView>;

/** A class of work as the process that answers sees it. */
export const workState = z.object({
  class: z.enum(WORK_CLASSES),
  name: z.string(),
  on: z.boolean(),
  means: z.string(),
  decidedBy: z.enum(['nobody', 'file', 'person', 'load']),
  switch: z.nullable(
    z.object({
      off: z.boolean(),
      why: z.string(),
      by: z.nullable(person),
      via: surface,
      since: z.string(),
      until: z.nullable(z.string()),
    }),
  ),
});

/** `GET /api/v1/operations`. `work` is in the order in which it is given up. */
export const operationsView = z.object({
  processes: z.array(processView),
  queues: z.array(queueView),
  quarantine: z.array(asideView),
  work: z.readonly(z.array(z.readonly(workState))),
});
export type OperationsView = z.infer<typeof operationsView>;
