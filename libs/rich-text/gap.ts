// White space as Markdown's emphasis sees it: Unicode's, not only the space bar's.
const GAP = /\s/;

export function isGap(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || code === 10 || (code < 128 ? code >= 9 && code <= 13 : GAP.test(text[at] ?? ''));
}

/** Walked by hand: a pattern such as /\s+$/ is quadratic on a long run of spaces inside a line. */
export function trimGap(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isGap(text, from)) from++;
  while (to > from && isGap(text, to - 1)) to--;
  return text.slice(from, to);
}
