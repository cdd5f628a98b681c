import type { Fault } from '@musterhq/chat-port';

/** Why a chat did not take something, and what a person can do so that it does. */
export function whyRefused(fault: Fault | null, chat: string): string {
  return (
    (fault?.remedy && REMEDIES[fault.remedy]?.(chat)) ?? (fault && REASONS[fault.code]?.(chat, fault.scope)) ?? `${chat} did not say why.`
  );
}

type Words = (chat: string, scope?: Fault['scope']) => string;

const TOO_LONG: Words = (chat) => `It is too long for ${chat}: send it in shorter messages.`;
const NOT_ACCEPTED: Words = (chat) => `${chat} does not let Muster in any more: an admin has to connect it again.`;
const NOT_ALLOWED: Words = (chat) => `${chat} does not let Muster write there: ask whoever looks after ${chat}.`;

const REMEDIES: Partial<Record<NonNullable<Fault['remedy']>, Words>> = {
  'invite-bot': () => 'Muster is not in that room: invite it there.',
  shorten: TOO_LONG,
  reauthorize: NOT_ACCEPTED,
  reinstall: (chat) => `Muster lacks a permission in ${chat}: an admin has to install it again.`,
  'ask-admin': NOT_ALLOWED,
};

const REASONS: Partial<Record<Fault['code'], Words>> = {
  'too-large': TOO_LONG,
  auth: NOT_ACCEPTED,
  forbidden: NOT_ALLOWED,
  closed: (chat, scope) => (scope === 'room' ? 'That room is archived: open it again there.' : `It is too late for ${chat}: say it anew.`),
  'not-found': (chat) => `What it belongs to is not there any more in ${chat}.`,
  invalid: (chat) => `${chat} cannot show it as it is written: send it in plainer words.`,
  unsupported: (chat) => `${chat} cannot do this.`,
};
