import * as z from 'zod/mini';
import { goesOn } from '#libs/war-room-protocol/goes-on';
import { pageRequest } from '#src/platform/http/paging';
import { DRILL_FAULTS } from '#src/platform/chats/drill/drill-fault.types';

export { DRILL_FAULTS, type DrillFault } from '#src/platform/chats/drill/drill-fault.types';

/** Long enough for Muster to notice, short enough to be done before lunch. */
export const MINUTES = { least: 2, usual: 5, most: 30 } as const;

/** `POST /api/v1/drills`. `chat`: id or name, where there are several. `team`: who is called into it. `tells`: mail, pager and webhook are used. */
export const drillToStart = z.object({
  fault: z.enum(DRILL_FAULTS),
  minutes: z._default(z.int().check(z.minimum(MINUTES.least), z.maximum(MINUTES.most)), MINUTES.usual),
  chat: z._default(z.string().check(z.trim(), z.maxLength(100)), ''),
  team: z._default(z.string().check(z.trim(), z.maxLength(100)), ''),
  tells: z._default(z.boolean(), false),
});
export type DrillToStart = z.infer<typeof drillToStart>;

/** `opening`: its room is made and looked at. `broken`, `returning`: histories are merged. `closing`: last words. */
export const PHASES = ['opening', 'broken', 'returning', 'closing', 'over'] as const;
export type Phase = (typeof PHASES)[number];

export const CUTS = ['stopped', 'real-trouble', 'not-opened', 'restored'] as const;
export type Cut = (typeof CUTS)[number];

/** One thing that was looked at. `unmeasured`: the drill did not come to it, or there was nothing to see. */
export const drillLine = z.object({
  what: z.string(),
  goal: z.string(),
  came: z.string(),
  is: z.enum(['kept', 'missed', 'unmeasured']),
  /** What to do about it; null where nothing has to be done. */
  improve: z.nullable(z.string()),
});
export type DrillLine = z.infer<typeof drillLine>;

/** `kept` of `of` goals that could be measured. */
export const drillReport = z.object({ kept: z.int(), of: z.int(), lines: z.array(drillLine) });
export type DrillReport = z.infer<typeof drillReport>;

/** `GET /api/v1/drills/:id`. */
export const drillView = z.object({
  id: z.string(),
  /** Its incident: "DRILL-7". */
  number: z.string(),
  chat: z.string(),
  fault: z.enum(DRILL_FAULTS),
  minutes: z.int(),
  tells: z.boolean(),
  by: z.string(),
  phase: z.enum(PHASES),
  /** What goes on now, and what comes next. */
  say: z.string(),
  begunAt: z.string(),
  brokenAt: z.nullable(z.string()),
  healedAt: z.nullable(z.string()),
  overAt: z.nullable(z.string()),
  /** Why it ended otherwise than by its time. */
  cutShort: z.nullable(z.enum(CUTS)),
  report: z.nullable(drillReport),
});
export type DrillView = z.infer<typeof drillView>;

/** Reports are long. */
const USUAL = 20;
export const drillsRequest = z.object(pageRequest(z.uuid(), USUAL));

/** `GET /api/v1/drills`: the latest first. */
export const drillList = z.object({ drills: z.array(drillView), ...goesOn });
export type DrillList = z.infer<typeof drillList>;
