import { type IncomingMessage, request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { codeOf } from '#src/platform/database/database-errors';
import { type Addresses, AddressRefused } from './addresses.ts';

export const TIMEOUT_MS = 15_000;
/** What a receiver answers is thrown away; one that goes on for ever is hung up on. */
const MOST_ANSWER_BYTES = 64 * 1024;

/** What became of one request. `status` is null when there was no answer. */
export interface Outcome {
  readonly status: number | null;
  /** In words without anything of the request or the answer; null when it was received. */
  readonly problem: string | null;
  /** How long its receiver wants to be left alone, where it says so. */
  readonly retryAfterMs?: number;
}

const OURS = { 'content-type': 'application/json', 'user-agent': 'Muster-Webhook/1' };

export interface Request {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Sends one request; the status of its answer is what counts. It never throws: whatever happens is an outcome. A redirect is
 * not followed, and nothing is connected to that `addresses` does not let through.
 */
export async function send(
  { url, headers, body }: Request,
  addresses: Addresses,
  stop: AbortSignal,
  timeoutMs = TIMEOUT_MS,
): Promise<Outcome> {
  const late = AbortSignal.timeout(timeoutMs);
  try {
    const target = new URL(url);
    addresses.mustBeAllowed(target);
    const { status, retryAfterMs } = await post(target, headers, body, addresses, AbortSignal.any([late, stop]));
    return { status, problem: problemOf(status), ...(retryAfterMs === null ? {} : { retryAfterMs }) };
  } catch (error) {
    if (stop.aborted) return { status: null, problem: 'Muster was stopped meanwhile.' };
    if (late.aborted) return { status: null, problem: `There was no answer within ${timeoutMs / 1_000} seconds.` };
    return { status: null, problem: wordsFor(error) };
  }
}

function post(
  target: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  addresses: Addresses,
  signal: AbortSignal,
): Promise<{ status: number; retryAfterMs: number | null }> {
  return new Promise((done, fail) => {
    const request = (target.protocol === 'https:' ? secure : plain)(target, {
      method: 'POST',
      headers: { ...headers, ...OURS, 'content-length': Buffer.byteLength(body) },
      lookup: addresses.lookupFor(target),
      signal,
      // A connection of its own for each: one that is kept open would go on to an address that was good once.
      agent: false,
    });
    request.on('error', fail);
    request.on('response', (response) => {
      done({ status: response.statusCode ?? 0, retryAfterMs: retryAfter(response.headers['retry-after']) });
      hangUpOnTalkers(response);
    });
    request.end(body);
  });
}

/** In seconds, or as a moment. */
export function retryAfter(header: string | undefined): number | null {
  if (header === undefined) return null;
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

/** The rest of an answer is read, so that its receiver can end in peace, and thrown away. */
function hangUpOnTalkers(response: IncomingMessage): void {
  let bytes = 0;
  response.on('error', () => undefined);
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_ANSWER_BYTES) response.destroy();
  });
}

export function problemOf(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  return status >= 300 && status < 400
    ? `It answered ${status}: redirects are not followed. Give the address that it leads to.`
    : `It answered ${status}.`;
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The connection was refused: nothing listens there.',
  ECONNRESET: 'The connection was closed before the answer was there.',
  EPIPE: 'The connection was closed before the answer was there.',
  ENOTFOUND: 'Its name is not known.',
  EAI_AGAIN: 'Its name could not be looked up: the name server does not answer.',
  EHOSTUNREACH: 'There is no way to it in this network.',
  ENETUNREACH: 'There is no way to it in this network.',
  ETIMEDOUT: 'It could not be reached in time.',
  CERT_HAS_EXPIRED: 'Its certificate has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'Its certificate is signed by nobody that this machine trusts.',
  SELF_SIGNED_CERT_IN_CHAIN: 'Its certificate is signed by nobody that this machine trusts.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'Its certificate is signed by nobody that this machine trusts.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Its certificate is for another name.',
};

/** Of a connection that failed, for an admin. An error's own words may quote what was answered: only its code is told. */
export function wordsFor(error: unknown): string {
  if (error instanceof AddressRefused) return error.message;
  const code = codeOf(error) ?? codeOf((error as AggregateError).errors?.[0]) ?? 'of an unknown kind';
  return WORDS[code] ?? `The connection failed (${code}).`;
}
