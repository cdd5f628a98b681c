import type { Inline } from '@musterhq/chat-port';
import { isSafeHref } from '../safe-href.ts';
import { tidy } from '../tidy.ts';
import { atomText } from './atom-text.ts';
import type { Names } from '../names.ts';

export const MARKS = ['strong', 'em', 'strike'] as const;
export type Mark = (typeof MARKS)[number];

/** A stretch of words in one dress: how deep the marks were nested, and in which order, does not matter any more. */
export interface Run {
  readonly t: 'text' | 'code';
  readonly v: string;
  readonly marks: readonly Mark[]; // in the order of MARKS
  readonly href?: string;
}

/** Undresses nested inlines into runs. Of links in links the outer one counts; unsafe ones keep their words only. */
export function toRuns(inlines: readonly Inline[], names?: Names): Run[] {
  const runs: Run[] = [];
  const rest: { inline: Inline; marks: readonly Mark[]; href?: string }[] = [];
  const push = (children: readonly Inline[], marks: readonly Mark[], href?: string): void => {
    for (let i = children.length - 1; i >= 0; i--) rest.push({ inline: children[i]!, marks, ...(href !== undefined && { href }) });
  };

  push(inlines, []);
  for (let next = rest.pop(); next; next = rest.pop()) {
    const { inline, marks, href } = next;
    const link = href === undefined ? {} : { href };
    switch (inline.t) {
      case 'text':
        runs.push({ t: 'text', v: tidy(inline.v), marks, ...link });
        break;
      case 'code':
        // Code of nothing but space shows nothing, and no Markdown reads it back.
        runs.push({ t: inline.v.trim() === '' ? 'text' : 'code', v: tidy(inline.v).replaceAll('\n', ' '), marks, ...link });
        break;
      case 'link': {
        const to = href ?? (isSafeHref(inline.href) ? inline.href : undefined);
        push(inline.c.length === 0 ? [{ t: 'text', v: inline.href }] : inline.c, marks, to);
        break;
      }
      case 'strong':
      case 'em':
      case 'strike':
        push(
          inline.c,
          MARKS.filter((mark) => mark === inline.t || marks.includes(mark)),
          href,
        );
        break;
      default:
        runs.push({ t: 'text', v: tidy(atomText(inline, names)), marks, ...link });
    }
  }
  return runs;
}
