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
  const attachments = wiresOf(message['attachments']);
  const all = [...wiresOf(message['blocks']), ...attachments.flatMap((attachment) => wiresOf(attachment['blocks']))];
  const blocks = [...own, ...attachments.flatMap((attachment) => attachmentOf(attachment, whose)), ...notShown(all)];
  return { blocks, summary: shorten(plainBlocks(blocks), SUMMARY_CHARS) };
}

/** What was deleted since is none of it any more. */
export function filesOf(message: Wire): FileRef[] {
  const living = wiresOf(message['files']).filter((file) => file['mode'] !== 'tombstone' && textOf(file['id']) !== '');
  return living.map(fileOf);
}

/** As a message or `files.info` has it. In a channel that is shared with another workspace a message has its id alone. */
export function fileOf(file: Wire): FileRef {
  const isUntold = file['file_access'] === 'check_file_info';
  const href = textOf(file['permalink']);
  return {
    id: textOf(file['id']),
    name: textOf(file['name']) || textOf(file['title']) || (isUntold ? 'A file of this shared channel' : 'file'),
    mime: textOf(file['mimetype']) || 'application/octet-stream',
    bytes: numberOf(file['size']) ?? 0,
    ...(href === '' ? {} : { href }),
    ...(isUntold ? { untold: true } : {}),
  };
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

const SHOWN: readonly unknown[] = ['rich_text', 'section', 'header', 'context', 'markdown', 'divider', 'image', 'file'];

/** What stands in Slack and cannot stand elsewhere, so that nobody takes what is here for all of it. */
function notShown(all: readonly Wire[]): Block[] {
  const others = all.filter(({ type }) => !SHOWN.includes(type));
  const labels = others.flatMap(({ type, elements }) => (type === 'actions' ? wiresOf(elements).map(labelOf).filter(Boolean) : []));
  const unheardOf = others.map(({ type }) => textOf(type).replaceAll('_', ' ')).filter((type) => type !== '' && type !== 'actions');
  const kinds = [...new Set(unheardOf)];
  const said = [
    ...(labels.length > 0 ? [`with buttons: ${labels.join(', ')}`] : []),
    ...(kinds.length > 0 ? [`with what is shown there alone: ${kinds.join(', ')}`] : []),
  ];
  return said.length === 0 ? [] : [{ t: 'p', c: [{ t: 'em', c: [{ t: 'text', v: `In Slack ${said.join(', and ')}` }] }] }];
}

const labelOf = ({ text, placeholder }: Wire): string => textOf(wireOf(text)['text']) || textOf(wireOf(placeholder)['text']);

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
