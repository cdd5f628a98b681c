/** Finished markup. A plain string is never taken for it: text becomes markup only by being escaped. */
export class Html {
  constructor(readonly markup: string) {}

  toString(): string {
    return this.markup;
  }
}

export type Part = Html | string | number | null | undefined | false | readonly Part[];

/**
 * A template in which everything put in is text, unless it is `Html` already. Attributes are quoted; one that is not
 * could be left by a space, so it is refused when the template is first used.
 */
export function html(markup: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let result = markup[0] ?? '';
  parts.forEach((part, at) => {
    if (UNQUOTED.test(markup[at] ?? '')) throw new Error(`Quote the attribute: ${markup[at]?.slice(-40)}`);
    result += toMarkup(part) + (markup[at + 1] ?? '');
  });
  return new Html(result);
}

/** For markup that was made safe elsewhere, such as the content of a message. Each use is worth a look in review. */
export const trusted = (markup: string): Html => new Html(markup);

function toMarkup(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return part.markup;
  if (typeof part === 'object') return part.map(toMarkup).join('');
  return escape(String(part));
}

const UNQUOTED = /\s[\w:-]+=$/;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
