import type { Block, Content } from '@musterhq/chat-port';
import { actionText, blockLines, fieldText, fileText, imageText } from './block-lines.ts';
import { escapeHtml } from './html/escape-html.ts';
import { inlineHtml, linkHtml, words } from './html/inline-html.ts';
import { LANGUAGE } from './language.ts';
import type { Names } from './names.ts';

const MAX_DEPTH = 32;
const HEADINGS = { 1: 'h3', 2: 'h4', 3: 'h5' } as const; // the page owns h1, the room h2

/**
 * The content as HTML for the room. Escaped by construction: every string passes `escapeHtml` on its way in and
 * no text of anybody's becomes an element or an attribute's name. Never throws.
 */
export function toHtml(content: Content, names?: Names): string {
  return blocksHtml(content.blocks, names, 0);
}

function blocksHtml(blocks: readonly Block[], names: Names | undefined, depth: number): string {
  let html = '';
  for (const block of blocks) html += blockHtml(block, names, depth);
  return html;
}

function blockHtml(block: Block, names: Names | undefined, depth: number): string {
  switch (block.t) {
    case 'p':
      return `<p>${inlineHtml(block.c, names)}</p>`;
    case 'quote':
      return `<blockquote>${inlineHtml(block.c, names)}</blockquote>`;
    case 'h': {
      const tag = HEADINGS[block.level] ?? 'h5';
      return `<${tag}>${inlineHtml(block.c, names)}</${tag}>`;
    }
    case 'list':
      return listHtml(block, names, depth);
    case 'pre': {
      const language = block.lang && LANGUAGE.test(block.lang) ? ` class="language-${block.lang}"` : '';
      return `<pre><code${language}>${escapeHtml(block.v)}</code></pre>`;
    }
    case 'rule':
      return '<hr>';
    case 'facts':
      return `<dl>${block.rows.map(({ label, c }) => `<dt>${escapeHtml(label)}</dt><dd>${inlineHtml(c, names)}</dd>`).join('')}</dl>`;
    case 'table':
      return tableHtml(block, names);
    case 'image':
      return `<p class="file">${escapeHtml(imageText(block))}</p>`;
    case 'file':
      return `<p class="file">${escapeHtml(fileText(block.file))}</p>`;
    case 'actions':
      return actionsHtml(block);
    case 'input':
      return `<p class="field">${escapeHtml(fieldText(block.field))}</p>`;
    default:
      return ''; // a kind that a newer adapter knows and we do not yet
  }
}

function listHtml(list: Extract<Block, { t: 'list' }>, names: Names | undefined, depth: number): string {
  if (depth >= MAX_DEPTH) return `<p>${words(blockLines(list, { links: 'label' }).join('\n'))}</p>`;
  const tag = list.ordered ? 'ol' : 'ul';
  const items = list.items.map(([first, ...rest]) => {
    const start = first?.t === 'p' ? inlineHtml(first.c, names) : first ? blockHtml(first, names, depth + 1) : '';
    return `<li>${start}${blocksHtml(rest, names, depth + 1)}</li>`;
  });
  return `<${tag}>${items.join('')}</${tag}>`;
}

function tableHtml({ head, rows }: Extract<Block, { t: 'table' }>, names: Names | undefined): string {
  const th = head.map((label) => `<th scope="col">${escapeHtml(label)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${inlineHtml(cell, names)}</td>`).join('')}</tr>`).join('');
  return `<table><thead><tr>${th}</tr></thead><tbody>${body}</tbody></table>`;
}

/** What can be pressed needs the page's own form; here it is named. */
function actionsHtml({ items }: Extract<Block, { t: 'actions' }>): string {
  const shown = items.map((item) =>
    item.t === 'open' ? linkHtml(item.href, escapeHtml(item.label)) : `<span class="action">${escapeHtml(actionText(item))}</span>`,
  );
  return `<p class="actions">${shown.join(' ')}</p>`;
}
