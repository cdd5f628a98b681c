import { MessageNotUsable } from '../rooms.errors.ts';

const MESSAGE_CHARS = 10_000;

/** What a person may say at once from a page or the API. @throws MessageNotUsable */
export function usableText(given: string): string {
  const text = given.trim();
  if (text === '' || text.length > MESSAGE_CHARS) throw new MessageNotUsable(MESSAGE_CHARS);
  return text;
}
