import * as z from 'zod/mini';
import { surface } from './vocabulary.ts';

/** Where a room is also heard. `waiting` are our messages that this chat has not shown yet, oldest first. */
export const mirrorView = z.object({
  id: z.string(),
  surface,
  state: z.enum(['opening', 'open', 'suspect', 'parked', 'catching-up', 'archived', 'failed']),
  name: z.nullable(z.string()),
  permalink: z.nullable(z.string()),
  since: z.nullable(z.string()),
  waiting: z.array(z.string()),
  /** Messages that need a person: it cannot be found out whether the chat has them. */
  doubtful: z.array(z.string()),
  /** Messages that this chat did not take, each with why and what to do about it. */
  refused: z._default(z.array(z.object({ messageId: z.string(), why: z.string() })), []),
});
export type MirrorView = z.infer<typeof mirrorView>;

/** What became of the card that somebody took away in a chat. */
export const cardRemovedWords = ({
  surface: { name },
  again,
}: {
  readonly surface: { readonly name: string };
  readonly again: boolean;
}): string =>
  again
    ? `Somebody took the card away in ${name}. It is there again, this once.`
    : `Somebody took the card away in ${name} again. It is not made any more: what it said is here.`;
