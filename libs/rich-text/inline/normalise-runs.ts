import { isGap, trimGap } from '../gap.ts';
import { MARKS, type Run } from './runs.ts';

/**
 * Brings runs to the one form that Markdown can say:
 * white space between two dresses wears only what stays on ("bold " before plain text is "bold" and a space),
 * a line has no space at its ends and is never empty, and neighbours in the same dress are one run.
 */
export function normaliseRuns(runs: readonly Run[], lines: 'many' | 'one'): Run[] {
  const parts = runs.flatMap(split);
  const normal: Run[] = [];
  let gap = '';

  for (const part of parts) {
    if (part.t === 'text' && isBlank(part.v)) {
      gap += part.v;
      continue;
    }
    const before = normal.at(-1);
    const space = spaceOf(gap, lines);
    if (before && space !== '') add(normal, { t: 'text', v: space, ...shared(before, part) });
    add(normal, part.t === 'text' ? { ...part, v: inner(part.v, lines) } : part);
    gap = '';
  }
  return normal;
}

/** The white space at the ends of a text apart from its words. */
function split(run: Run): Run[] {
  if (run.v === '') return [];
  if (run.t === 'code' || isBlank(run.v)) return [run];

  let from = 0;
  let to = run.v.length;
  while (isGap(run.v, from)) from++;
  while (isGap(run.v, to - 1)) to--;
  return [run.v.slice(0, from), run.v.slice(from, to), run.v.slice(to)].filter((v) => v !== '').map((v) => ({ ...run, v }));
}

function add(runs: Run[], run: Run): void {
  const last = runs.at(-1);
  if (last && last.t === run.t && isSameDress(last, run)) runs[runs.length - 1] = { ...last, v: last.v + run.v };
  else runs.push(run);
}

function isSameDress(a: Run, b: Run): boolean {
  return a.href === b.href && a.marks.length === b.marks.length && a.marks.every((mark) => b.marks.includes(mark));
}

/** What stays on from one run to the next: a link that ends takes all marks off, a mark all those inside it. */
function shared(a: Run, b: Run): Pick<Run, 'marks' | 'href'> {
  if (a.href !== b.href) return { marks: [] };
  const differs = MARKS.findIndex((mark) => a.marks.includes(mark) !== b.marks.includes(mark));
  const marks = differs === -1 ? a.marks : MARKS.slice(0, differs).filter((mark) => a.marks.includes(mark));
  return a.href === undefined ? { marks } : { marks, href: a.href };
}

function spaceOf(gap: string, lines: 'many' | 'one'): string {
  if (!gap.includes('\n')) return gap;
  return lines === 'many' ? '\n' : ' ';
}

function inner(text: string, lines: 'many' | 'one'): string {
  if (!text.includes('\n')) return text;
  const words = text
    .split('\n')
    .map((line) => trimGap(line))
    .filter((line) => line !== '');
  return words.join(lines === 'many' ? '\n' : ' ');
}

function isBlank(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (!isGap(text, at)) return false;
  return true;
}
