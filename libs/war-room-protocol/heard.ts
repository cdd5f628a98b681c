import * as z from 'zod/mini';
import { surface } from './vocabulary.ts';

/** `GET /api/v1/incidents/:id/messages/:messageId/heard`: since when a message is in the room, and how each chat of the room stands with it. */
export const heardView = z.object({
  at: z.string(),
  chats: z.array(
    z.object({
      surface,
      /** `doubtful`: nobody knows. `refused`: the chat did not take it. `absent`: it was never to be said there, or is not any more. */
      state: z.enum(['there', 'waiting', 'doubtful', 'refused', 'absent']),
      /** It is there together with others, in one message that said what had to wait. */
      inDigest: z.boolean(),
      /** When it was said there. */
      at: z.nullable(z.string()),
      /** Where a person can look at it: its own address in the chat, or the room's. */
      permalink: z.nullable(z.string()),
      /** Why the chat did not take it, and what to do. */
      why: z.nullable(z.string()),
      /** What of it the chat cannot show, in sentences. */
      losses: z.array(z.string()),
    }),
  ),
});
export type HeardView = z.infer<typeof heardView>;

/** After "In Slack: ". */
export const heardIn = ({ state, inDigest }: HeardView['chats'][number]): string => (inDigest ? 'yes, in a digest' : heardWords[state]);

const heardWords: Readonly<Record<HeardView['chats'][number]['state'], string>> = {
  there: 'yes',
  waiting: 'not yet, it waits',
  doubtful: 'not known',
  refused: 'not taken',
  absent: 'no',
};
