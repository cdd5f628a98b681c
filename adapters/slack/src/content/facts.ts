import type { types } from '@slack/bolt';
import type { Block, Inline } from '@musterhq/chat-port';
import { escapeText } from './escape.ts';
import { FIELD_CHARS, FIELDS_PER_SECTION } from './limits.ts';
import { isSafeHref, plainInlines, readableTime } from './plain-text.ts';
import { type Piece, richParagraphs } from './rich-blocks.ts';
import { type Journey, lengthOf, richInlines } from './rich-inlines.ts';

type Facts = Extract<Block, { t: 'facts' }>;

/**
 * Two columns of fields where every row can be said in mrkdwn exactly, else lines of rich text.
 *
 * Fields know only mrkdwn, and that has no escape for its own marks: a value with an asterisk or an underscore would
 * be shown changed. Then truth goes before beauty.
 */
export function factsPieces({ rows }: Facts, to: Journey): Piece[] {
  const fields = rows.map(({ label, c }) => exactField(label, c, to));
  if (fields.every((field) => field !== undefined)) return sections(fields);

  return rows.flatMap(({ label, c }) =>
    richParagraphs('rich_text_section', [
      ...richInlines(
        [
          { t: 'strong', c: [{ t: 'text', v: label }] },
          { t: 'text', v: ': ' },
        ],
        to,
      ),
      ...richInlines(c, to),
    ]),
  );
}

function sections(fields: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  for (let i = 0; i < fields.length; i += FIELDS_PER_SECTION) {
    const run = fields.slice(i, i + FIELDS_PER_SECTION);
    const block: types.SectionBlock = { type: 'section', fields: run.map((text) => ({ type: 'mrkdwn', text, verbatim: true })) };
    pieces.push({ block, chars: run.reduce((sum, text) => sum + text.length, 0) });
  }
  return pieces;
}

function exactField(label: string, c: readonly Inline[], to: Journey): string | undefined {
  const value = c.map((inline) => exactMrkdwn(inline, to));
  if (label.trim() === '' || !isPlain(label) || value.some((v) => v === undefined)) return undefined;
  const text = `*${escapeText(label)}*\n${value.join('') || '–'}`;
  return text.length <= FIELD_CHARS ? text : undefined;
}

function exactMrkdwn(inline: Inline, to: Journey): string | undefined {
  switch (inline.t) {
    case 'text':
      return isPlain(inline.v) ? escapeText(inline.v) : undefined;
    case 'link': {
      const label = plainInlines(inline.c);
      return isSafeHref(inline.href) && !/[|<>]/.test(inline.href) && isPlain(label) && label !== '' && !label.includes('|')
        ? `<${escapeText(inline.href)}|${escapeText(label)}>`
        : undefined;
    }
    case 'mention':
      return typeof inline.who === 'object' && 'user' in inline.who && inline.who.adapter === to.room.adapter
        ? `<@${inline.who.user}>`
        : undefined;
    case 'room':
      return inline.ref.adapter === to.room.adapter ? `<#${inline.ref.room}>` : undefined;
    case 'time': {
      const [date] = richInlines([inline], to);
      return date?.type === 'date' && lengthOf(date) > 0
        ? `<!date^${date.timestamp}^${date.format}|${readableTime(inline.at)}>`
        : undefined;
    }
    default:
      return undefined;
  }
}

/** No mark of mrkdwn, no emoji code, no line that begins like a quote, no direction of writing turned around. */
const isPlain = (text: string): boolean => !/[*_~`\r\n\u202a-\u202e\u2066-\u2069]|:[\w+'-]+:|^\s*>/.test(text);
