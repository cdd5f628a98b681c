import { textContent } from '#libs/rich-text/text-content';
import type { Verb } from '#src/conversation/conversation.types';
import type { PersonsWord } from './persons-word.service.ts';

/** Of two words each: "down" or "back" alone may well begin the title of an incident. */
export function wordVerbs(words: PersonsWord): Verb[] {
  return [
    {
      name: 'chat-down',
      usage: 'chat-down <nothing, or which chat>',
      help: 'says that a chat is down: everybody is told, and what is written waits for it.',
      inRoom: false,
      run: async ({ tx, text, by, incidentId }) => ({ say: textContent(await words.say(tx, text, 'down', by, incidentId)), seq: null }),
    },
    {
      name: 'chat-back',
      usage: 'chat-back <nothing, or which chat>',
      help: 'says that a chat is back.',
      inRoom: false,
      run: async ({ tx, text, by, incidentId }) => ({ say: textContent(await words.say(tx, text, 'back', by, incidentId)), seq: null }),
    },
  ];
}
