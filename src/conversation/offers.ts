import type { Block, Content, Inline } from '@musterhq/chat-port';
import { summarise } from '#libs/rich-text/summarise';
import { NoIncidentHere, NotUnderstood } from './conversation.errors.ts';

/** The button's id. Its value is the request that asked, and the title: pressed twice, it is still one incident. */
export const OFFER = 'declare-offered';

const TITLE_MAX = 200;

export interface Offering {
  /** Whether the chat can show a button there. */
  readonly buttons: boolean;
  readonly prefix: string;
  /** Of what was not understood. */
  readonly requestId: string;
}

/** A line that was not understood may be a title: asked privately, with what else could have been meant. Null when it cannot be one. */
export function offerFor(error: unknown, offering: Offering): Content | null {
  if (!(error instanceof NotUnderstood || error instanceof NoIncidentHere)) return null;
  const { title } = error;
  if (title.length === 0 || title.length > TITLE_MAX) return null;
  const blocks: Block[] = [];
  if (error instanceof NoIncidentHere) blocks.push(p(text(error.message)));
  blocks.push(...question(title, offering));
  if (error instanceof NotUnderstood) blocks.push(...otherwise(error.likely, offering.prefix));
  return { blocks, summary: summarise(blocks) };
}

export function acceptedOffer(value: string): { requestId: string; title: string } {
  const [requestId = '', ...title] = value.split(' ');
  return { requestId, title: title.join(' ') };
}

function question(title: string, { buttons, prefix, requestId }: Offering): Block[] {
  if (!buttons) return [p(text(`Declare a new incident "${title}"? Then write: `), code(`${prefix}declare ${title}`))];
  return [
    p(text(`Declare a new incident "${title}"?`)),
    { t: 'actions', items: [{ t: 'button', id: OFFER, label: 'Declare', value: `${requestId} ${title}`, tone: 'primary' }] },
  ];
}

function otherwise(likely: readonly string[], prefix: string): Block[] {
  const words = [...likely, 'help'].map((usage): Block[] => [p(code(`${prefix}${usage}`))]);
  return [p(text('Or did you mean one of these? You can write:')), { t: 'list', ordered: false, items: words }];
}

const text = (v: string): Inline => ({ t: 'text', v });
const code = (v: string): Inline => ({ t: 'code', v });
const p = (...c: Inline[]): Block => ({ t: 'p', c });
