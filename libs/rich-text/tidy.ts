const NOT_TEXT = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\p{Surrogate}\p{Noncharacter_Code_Point}]/gu;

/**
 * One kind of line end, and a replacement sign for what is no text: NUL and half a surrogate pair (PostgreSQL
 * refuses both), and control characters (a terminal that reads the room would obey them). Leading byte order
 * marks are nothing anybody wrote.
 */
export function tidy(text: string): string {
  return text
    .replace(/^\uFEFF+/, '')
    .replace(/\r\n?/g, '\n')
    .replace(NOT_TEXT, '\uFFFD');
}
