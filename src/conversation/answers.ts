import type { Content } from '@musterhq/chat-port';
import { textContent } from '#libs/rich-text/text-content';
import { FormInvalid, NoIncidentHere, NotUnderstood } from './conversation.errors.ts';

/** Errors that are a sentence for the person who asked. Capabilities add theirs; anything else is our own fault. */
const tellable = new Set<new (...args: never[]) => Error>([NotUnderstood, NoIncidentHere, FormInvalid]);

export function tellPeople(...errors: readonly (new (...args: never[]) => Error)[]): void {
  for (const error of errors) tellable.add(error);
}

export function isTellable(error: unknown): error is Error {
  return [...tellable].some((kind) => error instanceof kind);
}

export function sentenceFor(error: unknown, warRoom: string): Content {
  if (isTellable(error)) return textContent(error.message);
  return textContent(`That did not work, and it is Muster's fault. Nothing was changed. Try again, or use the war room: ${warRoom}`);
}
