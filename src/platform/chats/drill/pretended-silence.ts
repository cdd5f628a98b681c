import type { Answer } from '@musterhq/chat-port';
import { textContent } from '#libs/rich-text/text-content';

/** What a drill's button or command is answered while its chat is to tell nothing: in an outage nobody would say even that. */
export const PRETENDED_SILENCE: Answer = {
  t: 'private',
  content: textContent('This is a drill: the chat is pretended to tell Muster nothing, so this was not heard. Go on in the war room.'),
};
