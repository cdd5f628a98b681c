import type { Inline } from '@musterhq/chat-port';
import { MARKS, toRuns, type Mark, type Run } from '../inline/runs.ts';
import { escapeText } from './escape-text.ts';

const SIGNS: Readonly<Record<Mark, string>> = { strong: '**', em: '_', strike: '~~' };
const WORD = /^[\p{L}\p{N}]$/u;
const BESIDE_MARKS = /^[\s!-/:-@[-`{-~]$/; // what every Markdown takes for white space or punctuation
const PLAIN_ADDRESS = /^[a-z0-9._+-]+@[a-z0-9]+(?:[.-][a-z0-9]+)*$/i;

/** Normal inlines as Markdown. `bars`: we are in a table, where code has to escape its bars too. */
export function writeInlines(inlines: readonly Inline[], { bars = false } = {}): string {
  const runs = toRuns(inlines);
  let text = '';
  for (let from = 0; from < runs.length;) {
    const { href } = runs[from]!;
    let to = from + 1;
    while (to < runs.length && runs[to]!.href === href) to++;

    const stretch = runs.slice(from, to);
    if (href === undefined) {
      const words = writeRuns(stretch, text === '', bars);
      text += runs[to]?.href !== undefined && words.endsWith('!') ? `${words.slice(0, -1)}\\!` : words;
    } else text += writeLink(stretch, href, bars);
    from = to;
  }
  return text;
}

function writeLink(label: readonly Run[], href: string, bars: boolean): string {
  const [only] = label;
  if (label.length === 1 && only?.t === 'text' && only.marks.length === 0 && !/[\\|]/.test(href)) {
    if (only.v === href && !href.startsWith('mailto:')) return `<${href}>`;
    if (href === `mailto:${only.v}` && PLAIN_ADDRESS.test(only.v)) return `<${only.v}>`;
  }
  return `[${writeRuns(label, false, bars)}](${href.replace(/[\\()|`*_]|&(?=[#A-Za-z])/g, '\\$&')})`;
}

function writeRuns(runs: readonly Run[], isLineStart: boolean, bars: boolean): string {
  let text = '';
  let open: readonly Mark[] = [];
  runs.forEach((run, index) => {
    const { closing, opening } = turn(open, run.marks);
    const before = runs[index - 1];
    const after = runs[index + 1];
    const needs = {
      first: before !== undefined && closing.length > 0 && opening.length === 0 && hides(closing, before, -1),
      last: after !== undefined && isOnlyOpening(run, after) && hides(turn(run.marks, after.marks).opening, after, 0),
    };
    text += closing.map((mark) => SIGNS[mark]).join('') + opening.map((mark) => SIGNS[mark]).join('');
    text +=
      run.t === 'code'
        ? writeCode(run.v, bars)
        : (isAddress(text, run.v) ? '\\' : '') + writeText(run.v, isLineStart && text === '', needs);
    open = run.marks;
  });
  return (
    text +
    [...open]
      .reverse()
      .map((mark) => SIGNS[mark])
      .join('')
  );
}

/** "_@b.c" would be somebody's address, underscore and all. */
function isAddress(before: string, value: string): boolean {
  return before.endsWith('_') && value.startsWith('@');
}

/** From one dress to the next: below the first mark that differs, everything is taken off and put on again. */
function turn(from: readonly Mark[], to: readonly Mark[]): { closing: Mark[]; opening: Mark[] } {
  const differs = MARKS.findIndex((mark) => from.includes(mark) !== to.includes(mark));
  const below = differs === -1 ? [] : MARKS.slice(differs);
  return { closing: below.filter((mark) => from.includes(mark)).reverse(), opening: below.filter((mark) => to.includes(mark)) };
}

function isOnlyOpening(run: Run, after: Run): boolean {
  const { closing, opening } = turn(run.marks, after.marks);
  return closing.length === 0 && opening.length > 0;
}

/**
 * Whether marks in the middle of a word would not be seen as marks: beside a letter, `**` counts only if a letter
 * stands on its other side too, and `_` never does. The letter is then written as a reference, which ends in a sign.
 */
function hides(marks: readonly Mark[], inside: Run, at: 0 | -1): boolean {
  if (marks.length > 1 || marks.includes('em') || inside.t === 'code') return true;
  return inside.v.length === 1 || !WORD.test(inside.v.at(at)!); // a single letter may become a reference itself
}

function writeText(value: string, isLineStart: boolean, needs: { first: boolean; last: boolean }): string {
  const signs = [...value];
  const [first = ''] = signs;
  const last = signs.at(-1) ?? '';
  const head = needs.first && !BESIDE_MARKS.test(first) ? first : '';
  const tail = needs.last && !BESIDE_MARKS.test(last) && (signs.length > 1 || head === '') ? last : '';
  const middle = value.slice(head.length, value.length - tail.length);
  return reference(head) + escapeText(middle, isLineStart && head === '') + reference(tail);
}

function reference(sign: string): string {
  return sign === '' ? '' : `&#x${sign.codePointAt(0)!.toString(16)};`;
}

function writeCode(value: string, bars: boolean): string {
  let fence = '`';
  const runs = new Set(value.match(/`+/g));
  while (runs.has(fence)) fence += '`';
  const pad = /^`|`$/.test(value) || (/^ .* $/s.test(value) && value.trim() !== '') ? ' ' : '';
  return fence + pad + (bars ? value.replaceAll('|', '\\|') : value) + pad + fence;
}
