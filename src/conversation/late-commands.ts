import type { Content } from '@musterhq/chat-port';
import { textContent } from '#libs/rich-text/text-content';
import type { InboxItem } from '#src/platform/inbox/inbox.types';
import type { ActorFact } from '#src/platform/log/event.types';
import { type InteractionEvent, isSpoken, type Named, type Offer, type Verb } from './conversation.types.ts';

/** Heard or handled later than this, it is not done without looking: whoever asked has gone on, and so have the others. */
const LATE_MS = 120_000;

/**
 * Whether it is too late to do it blindly: read from a chat's history, handled long after it was kept, or said long before it
 * came. The last is asked of messages only: a gesture comes at once or never, and the clocks of two machines may differ.
 */
export function isLate({ gapId, occurredAt, admittedAt }: InboxItem, event: InteractionEvent, now = Date.now()): boolean {
  if (gapId !== null || now - admittedAt.getTime() > LATE_MS) return true;
  return isSpoken(event) && admittedAt.getTime() - occurredAt.getTime() > LATE_MS;
}

/** Whether others can do it in their own name. What a form was filled in with is no line that could be shown to them. */
export const isOfferable = ({ inRoom, late }: Verb, { type }: InteractionEvent): boolean =>
  inRoom && late !== 'tell' && (type === 'command' || type === 'action');

/** The same for whoever applies it: "me" is whoever asked. */
export function offerOf(verb: Verb, text: string, mentions: readonly Named[], asker: ActorFact, askedAt: Date): Offer {
  const isOfAsker = verb.ofSomebody === 'who-can' && (/(^|\s)me$/i.test(text) || (text === '' && verb.name === 'lead'));
  const words = isOfAsker ? `${text.replace(/(^|\s)me$/i, '$1')}@${asker.name}` : text;
  return {
    text: `${verb.name} ${words}`.trim(),
    mentions: [...mentions.map(({ person }) => person), ...(isOfAsker ? [asker] : [])],
    askedAt,
  };
}

/** As a call has them: whoever is named by an account is that person, whoever else has the name. */
export const namedIn = ({ mentions }: Offer): Named[] => mentions.map((person) => ({ text: `@${person.name}`, person }));

export function tooLateWords(asked: string, askedAt: Date, isOffered: boolean, warRoom: string): Content {
  const at = `${askedAt.toISOString().slice(11, 16)} UTC`;
  const next = isOffered
    ? `It stands in the incident's room with a button to apply it. Look first whether it is still right: ${warRoom}`
    : `If it is still right, ask for it again. The war room shows how things stand: ${warRoom}`;
  return textContent(`"${asked}", of ${at}, was heard too late, so it was not done. ${next}`);
}

/** Whoever pressed is told the same, however often they ask. */
export const appliedWords = ({ text }: Offer, asker: ActorFact | null): Content =>
  textContent(`Applied what ${asker?.name ?? 'somebody'} asked for: ${text}`);

export const appliedAlready = (by: ActorFact | null): Content =>
  textContent(`${by?.name ?? 'Somebody'} applied it already. Nothing was changed.`);
