import { request as plain, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as secure } from 'node:https';
import { sign } from '../signing.ts';
import type { SendEventOptions } from '../types.ts';
import type { Attempt, Carrier, Parcel } from './attempt.ts';

export type Tamper = NonNullable<SendEventOptions['tamper']>;

interface Addressee {
  readonly url: () => string | undefined;
  readonly signingSecret: string;
  readonly now: () => number;
  readonly ackMs: number;
}

/** Signed requests to the app's one request URL, each on a connection of its own, begun in the order of the calls. */
export class HttpCarrier implements Carrier {
  readonly transport = 'http';
  readonly #to: Addressee;
  readonly #open = new Set<ClientRequest>();
  #begun: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(to: Addressee) {
    this.#to = to;
  }

  async carry(parcel: Parcel, tamper?: Tamper): Promise<Attempt> {
    const before = this.#begun;
    let next = (): void => undefined;
    this.#begun = new Promise((resolve) => (next = resolve));
    await before;
    const url = this.#to.url();
    if (url === undefined || this.#closed) {
      next();
      return { error: 'connection_failed', body: '', noRetry: false };
    }
    return this.#post(url, parcel, tamper, next);
  }

  close(): void {
    this.#closed = true;
    for (const request of this.#open) request.destroy();
  }

  #post(url: string, parcel: Parcel, tamper: Tamper | undefined, sent: () => void): Promise<Attempt> {
    const { body, headers } = this.#signed(parcel, tamper);
    return new Promise((resolve) => {
      const request = (url.startsWith('https:') ? secure : plain)(url, { method: 'POST', headers, agent: false });
      this.#open.add(request);
      const timer = setTimeout(() => end({ error: 'http_timeout', body: '', noRetry: false }), this.#to.ackMs);
      const end = (attempt: Attempt): void => {
        clearTimeout(timer);
        this.#open.delete(request);
        sent();
        resolve(attempt);
        request.destroy();
      };
      request.on('finish', sent);
      request.on('error', () => end({ error: 'connection_failed', body: '', noRetry: false }));
      request.on('close', () => end({ error: 'connection_failed', body: '', noRetry: false }));
      request.on('response', (response) => void readAnswer(response).then(end));
      request.end(body);
    });
  }

  #signed(parcel: Parcel, tamper: Tamper | undefined): { body: string; headers: Record<string, string> } {
    const { type, body } = encode(parcel);
    const off = tamper === 'stale' ? -3600 : tamper === 'future' ? 3600 : 0;
    const timestamp = Math.floor(this.#to.now() / 1000) + off;
    const secret = tamper === 'signature' ? `${this.#to.signingSecret}x` : this.#to.signingSecret;
    const sent = tamper === 'body' ? body.replace(/\}$/, ',"tampered":true}') : body;
    const headers: Record<string, string> = {
      'content-type': type,
      'content-length': String(Buffer.byteLength(sent)),
      'user-agent': 'Slackbot 1.0 (pretend)',
      accept: '*/*',
      'x-slack-request-timestamp': String(timestamp),
    };
    if (tamper !== 'no-signature') headers['x-slack-signature'] = sign(secret, timestamp, body);
    if (parcel.retry) {
      headers['x-slack-retry-num'] = String(parcel.retry.num);
      headers['x-slack-retry-reason'] = parcel.retry.reason;
    }
    return { body: sent, headers };
  }
}

function encode({ kind, payload }: Parcel): { type: string; body: string } {
  if (kind === 'event' || kind === 'url_verification') return { type: 'application/json', body: JSON.stringify(payload) };
  const fields = kind === 'interaction' ? { payload: JSON.stringify(payload) } : (payload as Record<string, string>);
  return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(fields).toString() };
}

async function readAnswer(response: IncomingMessage): Promise<Attempt> {
  const status = response.statusCode ?? 0;
  const noRetry = response.headers['x-slack-no-retry'] === '1';
  let body = '';
  try {
    for await (const piece of response.setEncoding('utf8')) body += String(piece);
  } catch {
    return { status, error: 'connection_failed', body, noRetry };
  }
  if (status >= 300 && status < 400) return { status, error: 'too_many_redirects', body, noRetry };
  return status >= 200 && status < 300 ? { status, body, noRetry } : { status, error: 'http_error', body, noRetry };
}
