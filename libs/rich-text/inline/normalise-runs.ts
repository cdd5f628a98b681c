import type { Run } from './runs.ts';

/**
 * Brings runs to the one form that Markdown can say:
 * white space between two dresses wears only what both wear ("bold " before plain text is "bold" and a space),
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
  while (isGap(run.v.charCodeAt(from))) from++;
  while (isGap(run.v.charCodeAt(to - 1))) to--;
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

function shared(a: Run, b: Run): Pick<Run, 'marks' | 'href'> {
  const marks = a.marks.filter((mark) => b.marks.includes(mark));
  return a.href !== undefined && a.href === b.href ? { marks, href: a.href } : { marks };
}

function spaceOf(gap: string, lines: 'many' | 'one'): string {
  if (!gap.includes('\n')) return gap;
  return lines === 'many' ? '\n' : ' ';
}

function inner(text: string, lines: 'many' | 'one'): string {
  if (!text.includes('\n')) return text;
  const words = text.split('\n').map((line) => trimGap(line)).filter((line) => line !== '');
  return words.join(lines === 'many' ? '\n' : ' ');
}

function trimGap(line: string): string {
  let from = 0;
  let to = line.length;
  while (from < to && isGap(line.charCodeAt(from))) from++;
  while (to > from && isGap(line.charCodeAt(to - 1))) to--;
  return line.slice(from, to);
}

function isBlank(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (!isGap(text.charCodeAt(i))) return false;
  return true;
}

function isGap(code: number): boolean {
  return code === 32 || code === 9 || code === 10;
}
