import type { Excerpt } from '#libs/war-room-protocol/search';

/** The index knows neither character, so neither can have been a part of the text. */
const [BEGIN, END] = ['\u0002', '\u0003'];
const MOST_CHARS = 240;
const BEFORE_CHARS = 60;

/** For `ts_headline`. */
export const HEADLINE = `HighlightAll=true, StartSel=${BEGIN}, StopSel=${END}`;

type Mark = [number, number];

/**
 * As much of a text as shows why it was found. `marked` is the same text with marks in it, once for each way of reading it:
 * a place in it is the same place in the text.
 */
export function excerptOf(found: Excerpt['in'], text: string, marked: readonly string[]): Excerpt {
  const marks = together(marked.flatMap(marksIn));
  const first = marks[0]?.[0] ?? 0;
  const from = text.length <= MOST_CHARS || first <= BEFORE_CHARS ? 0 : wordStart(text, first - BEFORE_CHARS, first);
  const to = text.length - from <= MOST_CHARS ? text.length : wordEnd(text, from + MOST_CHARS, from);
  const before = from > 0 ? '…' : '';
  const after = to < text.length ? '…' : '';
  const moved = marks.flatMap(([begin, end]): Mark[] =>
    end <= from || begin >= to ? [] : [[Math.max(begin, from) - from + before.length, Math.min(end, to) - from + before.length]],
  );
  return { in: found, text: before + text.slice(from, to).replace(/\s/g, ' ') + after, marks: moved };
}

function marksIn(marked: string): Mark[] {
  const marks: Mark[] = [];
  let at = 0;
  let begin = 0;
  for (const piece of marked.split(/([\u0002\u0003])/)) {
    if (piece === BEGIN) begin = at;
    else if (piece === END) marks.push([begin, at]);
    else at += piece.length;
  }
  return marks;
}

/** In order, and each place once. */
function together(marks: readonly Mark[]): Mark[] {
  const result: Mark[] = [];
  for (const [begin, end] of marks.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = result.at(-1);
    if (last && begin < last[1]) last[1] = Math.max(last[1], end);
    else result.push([begin, end]);
  }
  return result;
}

/** Not in the middle of a word, where there is an end of one; never in the middle of a character. */
function wordStart(text: string, near: number, first: number): number {
  const space = text.slice(near, first).search(/\s/);
  return whole(text, space < 0 ? near : near + space + 1);
}

function wordEnd(text: string, near: number, from: number): number {
  const space = text.slice(from, near).search(/\s\S*$/);
  return whole(text, space < MOST_CHARS / 2 ? near : from + space);
}

const whole = (text: string, at: number): number => (/[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at);
