import { storable } from '#src/platform/database/storable';
import { wordsFor } from '#src/platform/outgoing/send';
import type { Outcome } from './open-way.types.ts';

interface SmtpError {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

const QUOTED = 160;

/**
 * What an error of the mail server means. A mailbox that it does not know is one reader's trouble; a login, a connection or
 * a sender that it refuses is everybody's.
 */
export function smtpProblem(error: unknown): Outcome {
  const { code = '', command = '', responseCode, response } = error as SmtpError;
  if (isOneTooMany(code, command, responseCode))
    return { to: 'later', of: 'line', problem: `The mail server takes no further connection now.${quoted(response)}` };
  if (code === 'EAUTH') return way(`The mail server does not accept the name and password. Correct them.${quoted(response)}`);
  if (responseCode === undefined) return way(code === 'ETLS' ? NO_TLS : wordsFor(error));
  const isOfOne = code === 'EENVELOPE' && !command.startsWith('MAIL');
  if (isOfOne || code === 'EMESSAGE')
    return responseCode >= 500
      ? { to: 'refused', problem: `The mail server does not take mail for this address.${quoted(response)}` }
      : { to: 'later', of: 'one', problem: `The mail server asks to try this address later.${quoted(response)}` };
  return way(`The mail server refused.${quoted(response)}`);
}

/**
 * Servers allow so many connections at once, Microsoft 365 three. The next one is turned away as it comes, as it logs in (which
 * says nothing of its password), or, by 432, as its mail is there.
 */
const isOneTooMany = (code: string, command: string, status: number | undefined): boolean =>
  status === 432 || (status === 421 && command === 'CONN') || (code === 'EAUTH' && status !== undefined && status < 500);

const NO_TLS = 'The mail server could not be spoken to with TLS. Look at its port and whether it wants TLS or STARTTLS.';

const way = (problem: string): Outcome => ({ to: 'later', of: 'way', problem });

const quoted = (response: string | undefined): string =>
  response === undefined ? '' : ` It said: ${storable(response).replace(/\s+/g, ' ').slice(0, QUOTED)}`;
