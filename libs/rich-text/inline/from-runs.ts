import type { Inline } from '@musterhq/chat-port';
import { MARKS, type Mark, type Run } from './runs.ts';

const LAYERS: readonly ('link' | Mark)[] = ['link', ...MARKS];

/** Dresses runs again, always in the same order: a link outside, then strong, em, strike, the words inside. */
export function fromRuns(runs: readonly Run[], layer = 0): Inline[] {
  const dress = LAYERS[layer];
  if (dress === undefined) return runs.map(({ t, v }) => ({ t, v }));

  const inlines: Inline[] = [];
  for (let from = 0; from < runs.length;) {
    const key = wearing(runs[from]!, dress);
    let to = from + 1;
    while (to < runs.length && wearing(runs[to]!, dress) === key) to++;

    const c = fromRuns(runs.slice(from, to), layer + 1);
    if (key === undefined) inlines.push(...c);
    else inlines.push(dress === 'link' ? { t: 'link', href: key, c } : { t: dress, c });
    from = to;
  }
  return inlines;
}

function wearing(run: Run, dress: 'link' | Mark): string | undefined {
  if (dress === 'link') return run.href;
  return run.marks.includes(dress) ? dress : undefined;
}
