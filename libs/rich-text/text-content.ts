import type { Content } from '@musterhq/chat-port';
import { paragraphs } from './paragraphs.ts';
import { summarise } from './summarise.ts';
import { tidy } from './tidy.ts';

/** Text from anywhere as content, in paragraphs. Nothing in it is markup: an alert's title stays what it says. */
export function textContent(text: string): Content {
  const blocks = paragraphs(tidy(text));
  return { blocks, summary: summarise(blocks) };
}
