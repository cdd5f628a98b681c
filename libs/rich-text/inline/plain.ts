import type { Inline } from '@musterhq/chat-port';
import type { Names } from '../names.ts';
import { atomText } from './atom-text.ts';

export interface PlainOptions {
  readonly names?: Names;
  /** 'label' shows a link's words only; 'address' adds where it leads, for readers who cannot click. */
  readonly links?: 'label' | 'address';
}

/** The words without their dress. Walks with a stack of its own, so that no depth of nesting can end it. */
export function plain(inlines: readonly Inline[], { names, links = 'label' }: PlainOptions = {}): string {
  let text = '';
  const rest: (Inline | string)[] = [...inlines].reverse();
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (typeof next === 'string') {
      text += next;
      continue;
    }
    switch (next.t) {
      case 'text':
      case 'code':
        text += next.v;
        break;
      case 'link':
        if (links === 'address' && !saysItself(next)) rest.push(` (${next.href})`);
        for (let i = next.c.length - 1; i >= 0; i--) rest.push(next.c[i]!);
        break;
      case 'strong':
      case 'em':
      case 'strike':
        for (let i = next.c.length - 1; i >= 0; i--) rest.push(next.c[i]!);
        break;
      default:
        text += atomText(next, names);
    }
  }
  return text;
}

function saysItself({ href, c }: Extract<Inline, { t: 'link' }>): boolean {
  const [only] = c;
  return c.length === 1 && only?.t === 'text' && (href === only.v || href === `mailto:${only.v}`);
}
