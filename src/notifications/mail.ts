import { uuidFor } from '#src/platform/log/uuid-for';
import type { ToTell } from './open-way.types.ts';

export interface Mail {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  readonly inReplyTo?: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** One mail to one reader: plain text, which every mail program shows, also one that loads nothing from outside. */
export function mailOf({ about, part, address, content }: ToTell, from: string): Mail {
  const links = content.links.map(({ text, href }) => `${oneLine(text)}\n${href}`);
  return {
    from: { name: 'Muster', address: from },
    to: { name: '', address },
    subject: oneLine(content.title).slice(0, MOST_SUBJECT),
    text: [...content.paragraphs.map(oneLine), ...links].join('\n\n') + '\n',
    messageId: messageId(about, part, address, from),
    // Both stand together in a mail program.
    ...(part === 'over' ? { inReplyTo: messageId(about, 'begun', address, from) } : {}),
    headers: OURS,
  };
}

const MOST_SUBJECT = 200;

/** Nobody's holiday answers it. */
const OURS = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };

/** The same for the same notice, so that one which was sent twice is shown once by many programs. */
const messageId = (about: string, part: ToTell['part'], address: string, from: string): string =>
  `<${uuidFor('notice', about, part, address)}@${from.split('@')[1] ?? 'muster'}>`;

// Names and titles are what people wrote: a line break in one would begin a header, or a line that looks like ours.
const CONTROLS = /[\u0000-\u001f\u007f\u2028\u2029]+/g;

const oneLine = (text: string): string => text.replace(CONTROLS, ' ').trim();
