const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a reader sees as one character each. */
export function* graphemesIn(text: string): Generator<string> {
  for (const { segment } of segmenter.segment(text)) yield segment;
}

/** Cuts text into pieces of at most `max` UTF-16 units, never inside what a reader sees as one character. Empty text has no pieces. */
export function cutText(text: string, max: number, first = max): string[] {
  if (text.length <= first) return text === '' ? [] : [text];
  const pieces: string[] = [];
  let piece = '';
  let room = first;
  for (const segment of graphemesIn(text)) {
    if (piece.length + segment.length > room && piece !== '') {
      pieces.push(piece);
      piece = '';
      room = max;
    }
    piece += segment;
  }
  pieces.push(piece);
  return pieces;
}

/** At most `max` units, with an ellipsis when something is missing. For labels and notifications, where there is no second part. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${cutText(text, max - 1)[0] ?? ''}…`;
}
