import { type Attempt, type Fault, refused } from '@musterhq/chat-port';
import { stringOf, wireOf } from '#libs/wire/wire';
import { faultOf } from '../teams-faults.ts';

interface Failed {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfter: string | null;
  /** The least permission for the call. */
  readonly needs: string;
}

/** As `Fault.native`: another channel of the team has this name, or had it less than 30 days ago. */
export const NAME_TAKEN = 'NameAlreadyExists';

/** What follows from an answer of Graph that is no 2xx. As everywhere, a 5xx says nothing of whether the call was applied. */
export function graphFaultOf({ status, body, retryAfter, needs }: Failed): Attempt<never> {
  if (isNameTaken(status, body)) return refused({ code: 'conflict', scope: 'message', native: NAME_TAKEN });
  if (status === 403) return refused(forbidden(needs, codeIn(body) ?? String(status)));
  if (status === 404) return refused({ code: 'not-found', scope: 'room', native: codeIn(body) ?? String(status) });
  return faultOf(status, body, retryAfter);
}

/** Said as a conflict, or as a bad request with a sentence. */
const isNameTaken = (status: number, body: unknown): boolean =>
  status === 409 || (status === 400 && /NameAlreadyExists|name already exist/i.test(JSON.stringify(body ?? '')));

const forbidden = (needs: string, native: string): Fault => ({
  code: 'forbidden',
  scope: 'room',
  remedy: 'ask-admin',
  detail: `Microsoft Graph does not let Muster do this. The app needs the permission ${needs}; the setup page of Teams says who gives it, and where.`,
  native,
});

const codeIn = (body: unknown): string | undefined => stringOf(wireOf(wireOf(body).error).code);
