import { toText } from '#libs/rich-text/to-text';
import type { Conversation } from '#src/conversation/conversation.service';
import type { Handlers } from './handlers.ts';

/** What is written as in a chat: "/severity sev1". */
export const spokenCommands = (conversation: Conversation): Handlers<'command'> => ({
  command: async (tx, { id, by, requestId }, { text }) => {
    const { say, seq } = await conversation.say(tx, text.replace(/^\/+/, ''), by, id, requestId);
    return { seq, say: toText(say) };
  },
});
