import * as z from 'zod/mini';

/** `POST /api/v1/practice` (201: a new one, and the one before is over) and `GET /api/v1/practice/:id`, asked for about once a second while the page is open. */
export const practiceView = z.object({
  id: z.string(),
  /** Reference of the drill whose room this is, once it is declared. */
  incident: z.nullable(z.string()),
  /** Every drill declared in this pretend chat, oldest first: the page's own, and those the person declared there. */
  drills: z.array(z.object({ number: z.string(), title: z.string(), room: z.string() })),
  /** `starting`: the pretend chat is coming up. Then the three buttons in order, and the result. */
  step: z.enum(['starting', 'talk', 'break', 'broken', 'returning', 'done', 'ended']),
  /** What just happened and what to do now, one or two sentences. */
  say: z.string(),
  /** The detector's shorter timings in practice, beside the real ones, in words. */
  timings: z.array(z.object({ what: z.string(), here: z.string(), real: z.string() })),
  chat: z.object({ name: z.string(), frame: z.string(), state: z.enum(['starting', 'ok', 'suspect', 'down', 'recovering']) }),
  /** Other pretend chats that the drills are in, each broken and brought back by itself. */
  beside: z._default(
    z.array(
      z.object({
        /** Names it in a step. */
        id: z.string(),
        name: z.string(),
        state: z.enum(['ok', 'suspect', 'down', 'recovering']),
        broken: z.boolean(),
        frame: z.string(),
        /** Where the drills are shown in it. */
        rooms: z.array(z.object({ number: z.string(), frame: z.string() })),
      }),
    ),
    [],
  ),
  exchanged: z.nullable(
    z.object({
      fromChat: z.number(),
      fromHere: z.number(),
      lost: z.number(),
      twice: z.number(),
      unrecovered: z.number(),
      /** "7 from Slack and 5 from here exchanged. 0 lost, 0 twice. 1 button press could not be recovered." */
      sentence: z.string(),
      /** What could not be recovered, by name: who did what, and has to do it again. */
      again: z._default(z.array(z.string()), []),
    }),
  ),
});
export type PracticeView = z.infer<typeof practiceView>;

/** `POST /api/v1/practice/:id/steps` with one of these; answers the new view. Out of order: 409 that says what comes first. */
export const practiceStep = z.object({
  do: z.enum(['say-something', 'break', 'bring-back']),
  /** Of one that stands beside: it is broken, or brought back, whatever the step. */
  chat: z.optional(z.string()),
});
export type PracticeStep = z.infer<typeof practiceStep>;
