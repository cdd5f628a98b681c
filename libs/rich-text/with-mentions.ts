import type { Block, Content, Inline, UserRef } from '@musterhq/chat-port';

export interface Meant {
  readonly id: string;
  readonly name: string;
}

/** The name with its sign, not as a part of a longer word: "ana@example.org" and "@Anastasia" mean nobody called Ana. */
export const nameIn = (name: string): RegExp =>
  new RegExp(`(^|[^\\p{L}\\p{N}_])@${name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}(?![\\p{L}\\p{N}_])`, 'giu');

/**
 * "@Ana Ruiz" becomes the platform's own mention wherever the person has an account: the one thing that notifies anybody.
 * Others stay words.
 */
export function withMentions(content: Content, mentions: readonly Meant[], accountOf: (personId: string) => UserRef | undefined): Content {
  const known = mentions.flatMap(({ id, name }) => {
    const who = accountOf(id);
    return who ? [{ name, who }] : [];
  });
  if (known.length === 0) return content;
  // The longest first: "@Ana Ruiz" is not "@Ana" and a surname.
  known.sort((a, b) => b.name.length - a.name.length);
  return { ...content, blocks: content.blocks.map((block) => inBlock(block, known)) };
}

type Known = readonly { readonly name: string; readonly who: UserRef }[];

function inBlock(block: Block, known: Known): Block {
  switch (block.t) {
    case 'p':
    case 'quote':
    case 'h':
      return { ...block, c: inInlines(block.c, known) };
    case 'list':
      return { ...block, items: block.items.map((item) => item.map((one) => inBlock(one, known))) };
    case 'table':
      return { ...block, rows: block.rows.map((row) => row.map((cell) => inInlines(cell, known))) };
    default:
      return block;
  }
}

function inInlines(inlines: readonly Inline[], known: Known): Inline[] {
  return inlines.flatMap((inline): Inline[] => {
    if (inline.t === 'text') return inText(inline.v, known);
    if (inline.t === 'strong' || inline.t === 'em' || inline.t === 'strike') return [{ ...inline, c: inInlines(inline.c, known) }];
    return [inline];
  });
}

function inText(text: string, known: Known): Inline[] {
  for (const { name, who } of known) {
    const found = nameIn(name).exec(text);
    if (!found) continue;
    const start = found.index + (found[1]?.length ?? 0);
    const end = found.index + found[0].length;
    return [...inText(text.slice(0, start), known), { t: 'mention', who, name }, ...inText(text.slice(end), known)];
  }
  return text === '' ? [] : [{ t: 'text', v: text }];
}
