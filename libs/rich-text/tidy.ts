/**
 * One kind of line end and no NUL, which is how Markdown reads every text. A leading byte order mark is
 * not a character anybody wrote.
 */
export function tidy(text: string): string {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  return body.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
}
