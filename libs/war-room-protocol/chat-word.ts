import * as z from 'zod/mini';
import type { ChatList } from './views.ts';

/** `POST /api/v1/chats/:chat/word`, and in a sentence what follows from it. */
export const chatWord = z.object({ word: z.enum(['down', 'back']) });
export const chatWordTaken = z.object({ say: z.string() });
export type ChatWordTaken = z.infer<typeof chatWordTaken>;

type Word = z.infer<typeof chatWord>['word'];

/** What somebody can say of a chat that is as it is; nothing of one that does not run. */
export function wordOn(state: ChatList['chats'][number]['state']): Word | null {
  if (state === 'down') return 'back';
  return state === 'failed' || state === 'unauthorized' ? null : 'down';
}

/** What is said, and what whoever says it has to know before. */
export const chatWordWords = (name: string, word: Word): { readonly title: string; readonly follows: string } =>
  word === 'down'
    ? {
        title: `${name} is down`,
        follows: `Every room that is also in ${name} is told so, with your name, and people are told by the other ways there are. What is written here waits for it. Muster goes by your word for five minutes, then by what it sees.`,
      }
    : {
        title: `${name} is back`,
        follows: `What was said there is read, and what waited here goes out. If ${name} does not answer, Muster calls it down again within a minute.`,
      };
