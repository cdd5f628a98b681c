import type { Action, Block, Content, FileRef, Inline, Part, Rendering } from '@musterhq/chat-port';
import { escape, parse } from './markup.ts';

/** What the fake chat takes as a message. */
export interface FakeBody {
  readonly markup: string;
  readonly summary: string;
  readonly tone?: Content['tone'];
  readonly author?: Content['author'];
  readonly actions: readonly Action[];
  /** Brought before, and shown by this message. */
  readonly files?: readonly FileRef[];
}

/** How the ids of files begin that are in the fake chat. */
export const BROUGHT = 'fake-file-';

/** With markup and escapes, as the fake chat counts. */
export const TEXT_CHARS = 4_000;

type Loss = Rendering['losses'][number];

/** Pure: the same content gives the same parts. Long text becomes several parts, cut between lines where there are some. */
export function render(content: Content): Rendering {
  const losses: Loss[] = [];
  const files = content.blocks.flatMap((block) => (isBrought(block) ? [block.file] : []));
  const markup = content.blocks
    .filter((block) => block.t !== 'actions' && !isBrought(block))
    .map((block) => blockMarkup(block, losses))
    .join('\n');
  const actions = content.blocks.flatMap((block) => (block.t === 'actions' ? block.items : []));
  const pieces = split(markup);
  const parts = pieces.map((piece, n) => part(content, piece, n === pieces.length - 1 ? actions : [], n === 0 ? files : []));
  return { parts, losses };
}

const isBrought = (block: Block): block is Extract<Block, { t: 'file' | 'image' }> =>
  (block.t === 'file' || block.t === 'image') && block.file.id.startsWith(BROUGHT);

function part({ summary, tone, author }: Content, markup: string, actions: Action[], files: FileRef[]): Part {
  const body: FakeBody = { markup, summary, ...(tone && { tone }), ...(author && { author }), actions, ...(files.length > 0 && { files }) };
  return { body, chars: parse(markup).text.length, bytes: Buffer.byteLength(JSON.stringify(body)) };
}

function blockMarkup(block: Block, losses: Loss[]): string {
  switch (block.t) {
    case 'p':
    case 'quote':
    case 'h':
      return inlineMarkup(block.c, losses);
    case 'list':
      return block.items.map((item) => item.map((b) => blockMarkup(b, losses)).join('\n')).join('\n');
    case 'pre':
      return `<c>${escape(block.v)}</c>`;
    case 'rule':
      return '';
    case 'facts':
      return block.rows.map(({ label, c }) => `${escape(label)}: ${inlineMarkup(c, losses)}`).join('\n');
    case 'table': {
      losses.push({ feature: 'table', note: 'shown as lines of text' });
      const rows = block.rows.map((cells) => cells.map((c) => inlineMarkup(c, losses)).join('\t'));
      return [block.head.map(escape).join('\t'), ...rows].join('\n');
    }
    case 'image':
      losses.push({ feature: 'files', note: `the picture ${block.file.name} is only named` });
      return escape(block.alt);
    case 'file':
      losses.push({ feature: 'files', note: `the file ${block.file.name} is only named` });
      return escape(block.file.name);
    case 'input':
      losses.push({ feature: 'inputs', note: `the field ${block.field.label} is only named` });
      return escape(block.field.label);
    case 'actions':
      return '';
  }
}

const inlineMarkup = (inline: readonly Inline[], losses: Loss[]): string => inline.map((i) => oneInline(i, losses)).join('');

function oneInline(inline: Inline, losses: Loss[]): string {
  switch (inline.t) {
    case 'text':
      return escape(inline.v);
    case 'strong':
      return `<b>${inlineMarkup(inline.c, losses)}</b>`;
    case 'em':
      return `<i>${inlineMarkup(inline.c, losses)}</i>`;
    case 'strike':
      return `<s>${inlineMarkup(inline.c, losses)}</s>`;
    case 'code':
      return `<c>${escape(inline.v)}</c>`;
    case 'link':
      return linkMarkup(inline.href, inlineMarkup(inline.c, losses), losses);
    case 'mention':
      return mentionMarkup(inline.who);
    case 'room':
      return `<#${inline.ref.room}>`;
    case 'emoji':
      return escape(inline.unicode ?? `:${inline.name}:`);
    case 'time':
      return new Date(inline.at).toISOString();
  }
}

/** Only addresses that a browser may be sent to become links; of any other the words stay. */
function linkMarkup(href: string, label: string, losses: Loss[]): string {
  const safe = /^(https?:\/\/|mailto:)[^\s|]+$/i.test(href);
  if (safe) return `<${escape(href)}|${escape(parse(label).text).replaceAll('|', '/')}>`;
  losses.push({ feature: 'text', note: 'an address that is not for browsers is not a link' });
  return label;
}

function mentionMarkup(who: Extract<Inline, { t: 'mention' }>['who']): string {
  if (who === 'everyone') return '<!everyone>';
  return 'group' in who ? `<!${who.group}>` : `<@${who.user}>`;
}

function split(markup: string): string[] {
  const pieces = [''];
  for (const atom of atoms(markup)) {
    const piece = pieces.at(-1) ?? '';
    if (piece !== '' && piece.length + atom.length > TEXT_CHARS) pieces.push('');
    pieces[pieces.length - 1] += atom;
  }
  return pieces;
}

/** What may not be cut: a tag with what it says, and a grapheme. Lines that fit stay whole. */
function* atoms(markup: string): Generator<string> {
  for (const line of markup.split(/(?<=\n)/)) {
    if (line.length <= TEXT_CHARS) yield line;
    else
      for (const token of line.split(/(<[^<>]*>|&(?:amp|lt|gt);)/))
        yield* token.startsWith('<') || token.startsWith('&') ? [token] : graphemes(token);
  }
}

function* graphemes(text: string): Generator<string> {
  for (const { segment } of new Intl.Segmenter().segment(text)) yield segment;
}
