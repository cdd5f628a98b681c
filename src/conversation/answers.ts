import type { Content } from '@musterhq/chat-port';
import { textContent } from '#libs/rich-text/text-content';
import { isTellable } from './conversation.errors.ts';

/** What a person is told of an error: its own sentence, or that it is ours. */
export function sentenceFor(error: unknown, warRoom: string): Content {
  if (isTellable(error)) return textContent(error.message);
  return textContent(`That did not work, and it is Muster's fault. Nothing was changed. Try again, or use the war room: ${warRoom}`);
}

/** It lies in the inbox and will be done, but nobody can say when. */
export const notYet = (warRoom: string): Content =>
  textContent(
    `Muster has heard you and cannot write it down just now. It will be done as soon as that is possible. The war room shows when: ${warRoom}`,
  );

/** It lies nowhere, unless the database took it and could not say so: then it is done like any other, and they hear of it. */
export const notKept = (warRoom: string): string =>
  `Muster cannot reach its database: nothing was done, and this was not kept. Do it again in a moment, or use the war room: ${warRoom} Should it be done after all, you are told.`;

/** The answer takes longer than the chat waits for it. */
export const onItsWay = (warRoom: string): Content =>
  textContent(
    `Muster has heard you and is still at it. What comes of it is told as soon as it is there, and shown in the war room: ${warRoom}`,
  );
