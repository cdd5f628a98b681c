import type { Block, Capabilities, Content, Rendering } from '@musterhq/chat-port';
import { blockLines } from '#libs/rich-text/block-lines';

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
    losses: blocks.flatMap(lost),
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

function pieces(text: string): string[] {
  const all = [''];
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (`${all.at(-1)}${segment}`.length > TEXT_CHARS) all.push('');
    all[all.length - 1] += segment;
  }
  return all;
}
