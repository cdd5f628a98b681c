import { fromMarkdown } from '#libs/rich-text/from-markdown';
import { toHtml } from '#libs/rich-text/to-html';
import { type Html, trusted } from '#src/platform/http/pages/html';

const KEPT = 2_000;

/** A page is read again and again, and most of its messages are the same: each is rendered once while it is fresh. */
const rendered = new Map<string, Html>();

/** A message as markup. `toHtml` escapes by construction, which is the reason it is trusted here. */
export function messageHtml(text: string): Html {
  const known = rendered.get(text);
  if (known) return known;
  const made = trusted(toHtml(fromMarkdown(text)));
  rendered.set(text, made);
  const [oldest] = rendered.keys();
  if (rendered.size > KEPT && oldest !== undefined) rendered.delete(oldest);
  return made;
}
