import type { Block, Capabilities, Content, Rendering } from '@musterhq/chat-port';
import { blockLines } from '#libs/rich-text/block-lines';
import { isSafeHref } from '#libs/rich-text/safe-href';

const TEXT_CHARS = 400;

/** Nothing but words, and no word of a feature that is not there. */
export const CAPABILITIES: Capabilities = {
  rev: '1',
  features: {},
  threads: 'none',
  limits: { textChars: TEXT_CHARS },
  rates: [],
  reconcile: 'none',
  echo: 'none',
  formsFrom: [],
};

const AS_WORDS: Partial<Record<Block['t'], Rendering['losses'][number]['feature']>> = {
  table: 'table',
  actions: 'buttons',
  input: 'inputs',
  image: 'files',
  file: 'files',
};

export function render({ blocks, author }: Content): Rendering {
  const text = `${author ? `${author.name} (${author.via}): ` : ''}${blocks.map(said).join('\n')}`
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Surrogate}/gu, '\uFFFD');
  return {
    parts: pieces(text).map((body) => ({ body, chars: body.length, bytes: Buffer.byteLength(body) })),
    losses: [...blocks.flatMap(lost), ...lostLinks(blocks)],
  };
}

function said(block: Block): string {
  if (block.t === 'list') return block.items.map((item) => `- ${item.map(said).join('\n')}`).join('\n');
  return blockLines(block.t === 'quote' ? { ...block, t: 'p' } : block, { links: 'address' }).join('\n');
}

function lost(block: Block): Rendering['losses'] {
  const feature = AS_WORDS[block.t];
  if (block.t === 'list') return block.items.flat().flatMap(lost);
  return feature ? [{ feature, note: 'only its words are shown' }] : [];
}

/** An address stands beside its words, for whoever wants to follow it. One that is not for browsers is only to be read. */
const lostLinks = (blocks: readonly Block[]): Rendering['losses'] =>
  addressesIn(blocks).every(isSafeHref) ? [] : [{ feature: 'text', note: 'an address that is not for browsers is only words' }];

function addressesIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = 't' in node && node.t === 'link' && 'href' in node ? [String(node.href)] : [];
  return [...own, ...Object.values(node).flatMap(addressesIn)];
}

function pieces(text: string): string[] {
  const all = [''];
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (`${all.at(-1)}${segment}`.length > TEXT_CHARS) all.push('');
    all[all.length - 1] += segment;
  }
  return all;
}
