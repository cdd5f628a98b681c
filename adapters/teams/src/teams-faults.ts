import { type Attempt, type Fault, refused, unknown } from '@musterhq/chat-port';
import { stringOf, wireOf } from '#libs/wire/wire';

type Verdict = Omit<Fault, 'native' | 'retryAfterMs'>;

const REAUTHORIZE: Verdict = {
  code: 'auth',
  scope: 'tenant',
  remedy: 'reauthorize',
  detail: 'Microsoft no longer accepts the bot’s secret. Make a new one in its registration and set it.',
};

/** Teams' word for no, where it says more than the status. */
const CODES: Readonly<Record<string, Verdict>> = {
  BotNotInConversationRoster: {
    code: 'not-found',
    scope: 'room',
    remedy: 'invite-bot',
    detail: 'The app is not in this team or chat. Add it there.',
  },
  BotDisabledByAdmin: {
    code: 'forbidden',
    scope: 'tenant',
    remedy: 'ask-admin',
    detail: 'An administrator of Teams has switched the app off. Ask them to allow it.',
  },
  MessageWritesBlocked: { code: 'closed', scope: 'room', detail: 'Nobody can write here any more: it is archived, or writing is blocked.' },
  NotEnoughPermissions: { code: 'forbidden', scope: 'message' },
  InvalidBotApiHost: {
    code: 'forbidden',
    scope: 'tenant',
    remedy: 'ask-admin',
    detail: 'This tenant is not in the cloud that the service address names. Set serviceUrl to that of its cloud.',
  },
  MemberNotFoundInConversation: { code: 'not-found', scope: 'message' },
  ActivityNotFoundInConversation: { code: 'not-found', scope: 'message' },
  ConversationBlockedByUser: { code: 'closed', scope: 'room', detail: 'This person has blocked the app.' },
};

const STATUSES: Readonly<Record<number, Verdict>> = {
  400: { code: 'invalid', scope: 'message' },
  401: REAUTHORIZE,
  403: { code: 'forbidden', scope: 'room', remedy: 'ask-admin', detail: 'Teams does not let the app write here. Ask an administrator.' },
  404: { code: 'not-found', scope: 'room', remedy: 'invite-bot', detail: 'Teams knows no such conversation, or the app is not in it.' },
  409: { code: 'conflict', scope: 'message' },
  412: { code: 'conflict', scope: 'room', remedy: 'wait', detail: 'Several calls for this conversation met. Nothing was said.' },
  413: { code: 'too-large', scope: 'message', remedy: 'shorten', detail: 'The message is larger than Teams takes.' },
  429: { code: 'rate-limited', scope: 'room', remedy: 'wait' },
};

/** What follows from an answer that is no 2xx. A 5xx says nothing of whether the call was applied. */
export function faultOf(status: number, body: unknown, retryAfter: string | null): Attempt<never> {
  const native = stringOf(wireOf(wireOf(body).error).code) ?? String(status);
  const verdict = (status < 500 && Object.hasOwn(CODES, native) ? CODES[native] : undefined) ?? STATUSES[status];
  if (verdict) return refused({ ...verdict, native, ...delayOf(retryAfter) });
  if (status >= 500) return unknown({ code: 'unavailable', scope: 'tenant', native });
  return status >= 400 ? refused({ code: 'invalid', scope: 'message', native }) : nonsense(native);
}

export const nonsense = (native: string): Attempt<never> => unknown({ code: 'protocol', scope: 'message', native });

export const noToken = (native: string): Attempt<never> => refused({ ...REAUTHORIZE, native });

/** A call that ended without an answer. Nothing was said when nothing was sent, and otherwise nobody knows. */
export function lostCall(error: unknown, signal: AbortSignal): Attempt<never> {
  const native = codeOf(error);
  if (signal.aborted) return unknown({ code: 'timeout', scope: 'tenant', native: 'aborted' });
  const fault: Fault = { code: 'unavailable', scope: 'tenant', native };
  return NOTHING_SENT.includes(native) ? refused(fault) : unknown(fault);
}

const NOTHING_SENT: readonly string[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

function codeOf(error: unknown): string {
  const { code, cause, name } = error as { code?: unknown; cause?: { code?: unknown }; name?: unknown };
  return stringOf(cause?.code) ?? stringOf(code) ?? stringOf(name) ?? 'unknown';
}

function delayOf(retryAfter: string | null): { retryAfterMs?: number } {
  const seconds = Number(retryAfter ?? 'none');
  return Number.isFinite(seconds) ? { retryAfterMs: seconds * 1_000 } : {};
}
