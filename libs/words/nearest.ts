/** Names that a word may have been meant to be: it begins one of them, or is a slip or two away. The closest first. */
export function nearest(word: string, names: readonly string[]): string[] {
  if (word === '') return [];
  return names
    .map((name) => ({ name, slips: name.startsWith(word) || word.startsWith(name) ? 0 : slips(word, name) }))
    .filter(({ name, slips: count }) => count <= Math.min(2, Math.floor(name.length / 2)))
    .sort((a, b) => a.slips - b.slips)
    .map(({ name }) => name);
}

/** Letters to add, leave out, change, or swap with their neighbour. */
function slips(from: string, to: string): number {
  const rows = Array.from({ length: from.length + 1 }, (_, i) => [i]);
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Infinity;
  for (let j = 1; j <= to.length; j += 1) rows[0]?.push(j);
  for (let i = 1; i <= from.length; i += 1) {
    for (let j = 1; j <= to.length; j += 1) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1;
      const swapped = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1] ? at(i - 2, j - 2) + 1 : Infinity;
      rows[i]?.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same, swapped));
    }
  }
  return at(from.length, to.length);
}
