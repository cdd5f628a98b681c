import type { Inline } from '@musterhq/chat-port';
import { atomText, instantText } from '../inline/atom-text.ts';
import { plain } from '../inline/plain.ts';
import type { Names } from '../names.ts';
import { isSafeHref } from '../safe-href.ts';
import { escapeHtml } from './escape-html.ts';

const MAX_DEPTH = 32;
const TAGS = { strong: 'strong', em: 'em', strike: 's' } as const;

export function inlineHtml(inlines: readonly Inline[], names: Names | undefined, depth = 0): string {
  if (depth > MAX_DEPTH) return words(plain(inlines, names && { names }));

  let html = '';
  for (const inline of inlines) html += one(inline, names, depth);
  return html;
}

function one(inline: Inline, names: Names | undefined, depth: number): string {
  switch (inline.t) {
    case 'text':
      return words(inline.v);
    case 'code':
      return `<code>${escapeHtml(inline.v)}</code>`;
    case 'strong':
    case 'em':
    case 'strike':
      return `<${TAGS[inline.t]}>${inlineHtml(inline.c, names, depth + 1)}</${TAGS[inline.t]}>`;
    case 'link':
      return linkHtml(inline.href, inlineHtml(inline.c, names, depth + 1) || escapeHtml(inline.href));
    case 'mention':
      return `<span class="mention">${escapeHtml(atomText(inline, names))}</span>`;
    case 'room':
      return `<span class="room">${escapeHtml(atomText(inline, names))}</span>`;
    case 'emoji':
      return escapeHtml(atomText(inline, names));
    case 'time': {
      const at = instantText(inline.at);
      const text = escapeHtml(atomText(inline, names));
      return at === undefined ? text : `<time datetime="${at}" data-style="${escapeHtml(inline.style)}">${text}</time>`;
    }
    default:
      return ''; // a kind that a newer adapter knows and we do not yet: never half an element
  }
}

/** Checked here too: content does not only come from our own parser. A refused link keeps its words. */
export function linkHtml(href: string, label: string): string {
  return isSafeHref(href) ? `<a href="${escapeHtml(href)}" target="_blank" rel="noopener noreferrer nofollow">${label}</a>` : label;
}

export function words(text: string): string {
  return escapeHtml(text).replace(/\r\n?|\n/g, '<br>');
}
