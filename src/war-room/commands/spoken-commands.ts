import { toText } from '#libs/rich-text/to-text';
import type { Conversation } from '#src/conversation/conversation.service';
import type { Handlers } from './handlers.ts';

/** What is written as in a chat, "/severity sev1", and what was written there too late. */
export const spokenCommands = (conversation: Conversation): Handlers<'command' | 'apply'> => ({
  command: async (tx, { id, by, requestId }, { text }) => {
    const { say, seq } = await conversation.say(tx, text.replace(/^\/+/, ''), by, id, requestId);
    return { seq, say: toText(say) };
  },
  apply: async (tx, { id, by, requestId }, { offerId }) => {
    const { say, seq } = await conversation.apply(tx, offerId, by, id, requestId);
    return { seq, say: toText(say) };
  },
});
