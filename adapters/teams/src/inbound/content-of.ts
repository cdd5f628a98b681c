import type { Block, Content, Inline } from '@musterhq/chat-port';
import { summarise } from '#libs/rich-text/summarise';
import { Parser } from 'htmlparser2';
import { type Wire, stringOf, wiresOf } from '#libs/wire/wire';
import { isEmoji } from './attached.ts';
import { type Meaning, asWords, plainMentions } from './mentions-in.ts';

/**
 * What a person typed. Teams tells it twice: as text, in which nobody can tell a typed `&lt;` from an escaped one, and as HTML
 * in an attachment, which says what is meant. The HTML is read where it is there. `meaning` says who is meant by a name that somebody
 * is called by; without it, it is words.
 */
export function contentOf(activity: Wire, meaning: Meaning = asWords): Content {
  const html = wiresOf(activity.attachments).find(({ contentType }) => contentType === 'text/html');
  const markup = stringOf(html?.content);
  const blocks = markup === undefined ? paragraph(plainMentions(activity, meaning)) : blocksOf(markup, meaning);
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
  /** Which of the message's mentions it is. */
  readonly nth?: number;
  readonly c: Inline[];
}

/** Words, emphasis, code and links; what stands in lists, tables and quotations becomes lines, because that is all that is needed of it. */
function blocksOf(html: string, meaning: Meaning): Block[] {
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
    const { tag, href, nth, c } = stack.pop()!;
    stack.at(-1)!.c.push(...(nth === undefined ? wrapped(tag, href, c) : (meaning(nth, wordsIn(c)) ?? c)));
  };
  const endLine = (): void => {
    while (stack.length > 1) close();
    blocks.push(...paragraph(stack[0]!.c));
    stack = [{ tag: '', c: [] }];
  };

  const parser = new Parser({
    onopentag(tag, { href, itemtype = '', itemid, id, alt = '' }) {
      if (UNSEEN.has(tag)) unseen += 1;
      if (tag === 'br') say('\n');
      else if (isEmoji(tag, itemtype)) say(alt);
      else if (ENDS_A_LINE.has(tag)) endLine();
      else if (stack.length < MAX_DEPTH && (Object.hasOwn(WRAPS, tag) || tag === 'a' || tag === 'code'))
        stack.push({ tag, c: [], ...(href !== undefined && { href }) });
      else if (stack.length < MAX_DEPTH && (tag === 'at' || itemtype.endsWith('/Mention')))
        stack.push({ tag, c: [], nth: Number(tag === 'at' ? id : itemid) });
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
  if (tag === 'code') return [{ t: 'code', v: wordsIn(c) }];
  if (tag === 'a') return href !== undefined && /^(https?:|mailto:|tel:)/i.test(href) ? [{ t: 'link', href, c }] : c;
  return [{ t: WRAPS[tag as keyof typeof WRAPS], c }];
}

const wordsIn = (c: readonly Inline[]): string => c.map((inline) => ('v' in inline ? inline.v : '')).join('');
