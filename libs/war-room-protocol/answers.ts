import * as z from 'zod/mini';

/**
 * 200. `seq` is the room's number of what was done; null when nothing changed. `say` is for the sender alone. In a file of its
 * own: a page reads answers, and has no use for the schemas of what it asks.
 */
export const commandDone = z.object({ seq: z.nullable(z.number()), say: z.optional(z.string()) });
export type CommandDone = z.infer<typeof commandDone>;
