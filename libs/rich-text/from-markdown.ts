import type { Block, Content } from '@musterhq/chat-port';
import { parse } from './markdown/dialect.ts';
import { capContainers, effort } from './markdown/effort.ts';
import { fromMdast } from './markdown/from-mdast.ts';
import { mayBeMarkup } from './markdown/may-be-markup.ts';
import { pieces } from './markdown/pieces.ts';
import { normaliseBlocks } from './normalise.ts';
import { paragraphs } from './paragraphs.ts';
import { summarise } from './summarise.ts';
import { tidy } from './tidy.ts';

// Microseconds, as `effort` counts them. The room's stream runs in the same process: whatever a person pastes
// must not hold it up. What is over the budget is shown as the text it is; nothing is lost.
const BUDGET = 50_000;

/**
 * Markdown as people type it in a chat. Never throws, for no string; never takes longer than a blink
 * (40,000 hostile characters: below 200 ms). Raw HTML is text, links lead to http, https and mailto only,
 * `@name` stays text, a single line end is a line break.
 */
export function fromMarkdown(text: string): Content {
  const source = tidy(text);
  const blocks = mayBeMarkup(source) ? withMarkup(source) : paragraphs(source);
  return { blocks, summary: summarise(blocks) };
}

function withMarkup(source: string): Block[] {
  let left = BUDGET;
  return normaliseBlocks(
    pieces(source).flatMap((piece): Block[] => {
      if (piece.t === 'pre') return [piece];
      if (!mayBeMarkup(piece.v)) return paragraphs(piece.v);

      const cost = effort(piece.v);
      if (cost > left) return paragraphs(piece.v);
      left -= cost;
      const capped = capContainers(piece.v);
      return fromMdast(parse(capped).children, capped);
    }),
  );
}
