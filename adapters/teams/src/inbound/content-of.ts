import type { Block, Content, Inline } from '@musterhq/chat-port';
import { summarise } from '#libs/rich-text/summarise';
import { Parser } from 'htmlparser2';
import { type Wire, stringOf, wiresOf } from '#libs/wire/wire';

/**
 * What a person typed. Teams tells it twice: as text, in which nobody can tell a typed `&lt;` from an escaped one, and as HTML
 * in an attachment, which says what is meant. The HTML is read where it is there.
 */
export function contentOf(activity: Wire): Content {
  const html = wiresOf(activity.attachments).find(({ contentType }) => contentType === 'text/html');
  const markup = stringOf(html?.content);
  const blocks = markup === undefined ? paragraph([{ t: 'text', v: stringOf(activity.text) ?? '' }]) : blocksOf(markup);
  return { blocks, summary: summarise(blocks) };
}

const paragraph = (c: Inline[]): Block[] => (c.some((inline) => inline.t !== 'text' || inline.v !== '') ? [{ t: 'p', c }] : []);

const WRAPS = { strong: 'strong', b: 'strong', em: 'em', i: 'em', s: 'strike', del: 'strike', strike: 'strike' } as const;
const ENDS_A_LINE = new Set(['p', 'div', 'li', 'tr', 'blockquote', 'h1', 'h2', 'h3', 'ul', 'ol']);
const MAX_DEPTH = 32;
const UNSEEN = new Set(['script', 'style', 'title']);

interface Open {
  readonly tag: string;
  readonly href?: string;
  readonly c: Inline[];
}

/** Words, emphasis, code and links; what stands in lists, tables and quotations becomes lines, because that is all that is needed of it. */
function blocksOf(html: string): Block[] {
  const blocks: Block[] = [];
  let stack: Open[] = [{ tag: '', c: [] }];
  let unseen = 0;

  const say = (v: string): void => {
    const { c } = stack.at(-1)!;
    const last = c.at(-1);
    if (last?.t === 'text') last.v += v;
    else if (v !== '') c.push({ t: 'text', v });
  };
  const close = (): void => {
    const { tag, href, c } = stack.pop()!;
    stack.at(-1)!.c.push(...wrapped(tag, href, c));
  };
  const endLine = (): void => {
    while (stack.length > 1) close();
    blocks.push(...paragraph(stack[0]!.c));
    stack = [{ tag: '', c: [] }];
  };

  const parser = new Parser({
    onopentag(tag, { href }) {
      if (UNSEEN.has(tag)) unseen += 1;
      if (tag === 'br') say('\n');
      else if (ENDS_A_LINE.has(tag)) endLine();
      else if (stack.length < MAX_DEPTH && (Object.hasOwn(WRAPS, tag) || tag === 'a' || tag === 'code'))
        stack.push({ tag, c: [], ...(href !== undefined && { href }) });
    },
    ontext(text) {
      if (unseen === 0) say(asShown(text));
    },
    onclosetag(tag) {
      if (UNSEEN.has(tag)) unseen -= 1;
      if (ENDS_A_LINE.has(tag)) endLine();
      else if (stack.at(-1)!.tag === tag && stack.length > 1) close();
    },
  });
  parser.end(html);
  endLine();
  return blocks;
}

/** A line end in HTML is a space, and between two elements nothing; spaces that count come as `&nbsp;`. */
const asShown = (text: string): string => (/^[\r\n]\s*$/.test(text) ? '' : text.replace(/[\r\n]+/g, ' ').replaceAll('\u00A0', ' '));

function wrapped(tag: string, href: string | undefined, c: Inline[]): Inline[] {
  if (tag === 'code') return [{ t: 'code', v: c.map((inline) => ('v' in inline ? inline.v : '')).join('') }];
  if (tag === 'a') return href !== undefined && /^(https?:|mailto:|tel:)/i.test(href) ? [{ t: 'link', href, c }] : c;
  return [{ t: WRAPS[tag as keyof typeof WRAPS], c }];
}
