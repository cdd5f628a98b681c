import type { Block, Content, FileRef, Inline } from '@musterhq/chat-port';
import type { Whose } from '../slack-names.ts';
import { numberOf, textOf, type Wire, wireOf, wiresOf } from '#libs/wire/wire';
import { fromMrkdwn } from './from-mrkdwn.ts';
import { fromRichText } from './from-rich-text.ts';
import { shorten } from './graphemes.ts';
import { plainBlocks } from './plain-text.ts';

const SUMMARY_CHARS = 300;

/** A message as content: its blocks where they say something, else its text; the attachments of other apps as quotes. */
export function contentOf(message: Wire, whose: Whose): Content {
  const fromBlocks = wiresOf(message['blocks']).flatMap((block) => blockOf(block, whose));
  const text = textOf(message['text']);
  const own = plainBlocks(fromBlocks).trim() !== '' ? fromBlocks : text === '' ? [] : [{ t: 'p' as const, c: fromMrkdwn(text, whose) }];
  const blocks = [...own, ...wiresOf(message['attachments']).flatMap((attachment) => attachmentOf(attachment, whose))];
  return { blocks, summary: shorten(plainBlocks(blocks), SUMMARY_CHARS) };
}

export function filesOf(message: Wire): FileRef[] {
  return wiresOf(message['files']).map((file) => ({
    id: textOf(file['id']),
    name: textOf(file['name']) || textOf(file['title']) || 'file',
    mime: textOf(file['mimetype']) || 'application/octet-stream',
    bytes: numberOf(file['size']) ?? 0,
  }));
}

function blockOf(block: Wire, whose: Whose): Block[] {
  switch (block['type']) {
    case 'rich_text':
      return fromRichText(block, whose);
    case 'section':
      return [...paragraph(inlinesOf(block['text'], whose)), ...fieldsOf(block, whose)];
    case 'header':
      return [{ t: 'h', level: 1, c: inlinesOf(block['text'], whose) }];
    case 'context':
      return paragraph(wiresOf(block['elements']).flatMap((element) => (element['text'] === undefined ? [] : inlinesOf(element, whose))));
    case 'markdown':
      return paragraph([{ t: 'text', v: textOf(block['text']) }]);
    case 'divider':
      return [{ t: 'rule' }];
    case 'image':
      return paragraph([{ t: 'text', v: textOf(block['alt_text']) }]);
    default:
      return [];
  }
}

function fieldsOf(block: Wire, whose: Whose): Block[] {
  const rows = wiresOf(block['fields']).map((field) => {
    const [first = '', ...rest] = textOf(field['text']).split('\n');
    const label = first.replace(/^\*(.*)\*$/, '$1');
    return { label, c: inlinesOf({ ...field, text: rest.join('\n') }, whose) };
  });
  return rows.length > 0 ? [{ t: 'facts', rows }] : [];
}

/** A text object: mrkdwn has entities, plain_text is what it is. */
function inlinesOf(text: unknown, whose: Whose): Inline[] {
  const { type, text: v } = wireOf(text);
  if (typeof v !== 'string' || v === '') return [];
  return type === 'mrkdwn' ? fromMrkdwn(v, whose) : [{ t: 'text', v }];
}

function attachmentOf(attachment: Wire, whose: Whose): Block[] {
  // An unfurled link or a shared message repeats what stands elsewhere.
  if (attachment['is_msg_unfurl'] === true || attachment['from_url'] !== undefined) return [];
  const inner = wiresOf(attachment['blocks']).flatMap((block) => blockOf(block, whose));
  if (plainBlocks(inner).trim() !== '') return inner;
  const lines = [attachment['pretext'], attachment['title'], attachment['text']].map(textOf).filter(Boolean);
  const text = lines.length > 0 ? lines.join('\n') : textOf(attachment['fallback']);
  return text === '' ? [] : [{ t: 'quote', c: fromMrkdwn(text, whose) }];
}

const paragraph = (c: Inline[]): Block[] => (c.length > 0 ? [{ t: 'p', c }] : []);
