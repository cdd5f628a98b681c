// Signs that mean something anywhere, and the signs that make a bare link of the words around them.
const SIGN = /[\\`*_~[\]<|]|&(?=[#A-Za-z])|(?<=http|https):(?=\/\/)|(?<=www)\.|(?<=[\w.+-])@/gi;
const LINE_START = /^(?:[-+>]|:(?=-)|=+(?=[ \t]*$)|#{1,6}(?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$))/;
const WORD = /[\p{L}\p{N}]/u;

/** Text with a backslash before every sign that could be markup where it stands. `isLineStart`: nothing stands before it. */
export function escapeText(text: string, isLineStart: boolean): string {
  return text
    .split('\n')
    .map((line, index) => escapeLine(line, isLineStart || index > 0))
    .join('\n');
}

function escapeLine(line: string, isLineStart: boolean): string {
  const start = isLineStart ? LINE_START.exec(line)?.[0] : undefined;
  if (start === undefined) return escapeSigns(line);
  // For "1." it is the point that makes the list, for everything else the first sign.
  const escaped = /^\d/.test(start) ? `${start.slice(0, -1)}\\${start.slice(-1)}` : `\\${start}`;
  return escaped + escapeSigns(line.slice(start.length));
}

function escapeSigns(text: string): string {
  return text.replace(SIGN, (sign, at: number) => (isInsideWord(text, sign, at) ? sign : `\\${sign}`));
}

/** snake_case needs no escape, and reads better. Not beside the first or last letter: that one may be written as a reference. */
function isInsideWord(text: string, sign: string, at: number): boolean {
  return sign === '_' && at >= 2 && at <= text.length - 3 && WORD.test(text[at - 1]!) && WORD.test(text[at + 1]!);
}
