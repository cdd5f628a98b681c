const SPLIT = /[^\p{L}\p{N}]+/u;

/** Whether each word of the query begins a word of the text, in any order. */
export function matches(query: string, text: string): boolean {
  const words = text.toLowerCase().split(SPLIT);
  return query
    .toLowerCase()
    .split(SPLIT)
    .every((begun) => words.some((word) => word.startsWith(begun)));
}
