import { type AdapterContext, type Attempt, done, refused } from '@musterhq/chat-port';
import { faultOf, lostCall, nonsense } from '../teams-faults.ts';
import { type Wire, wireOf } from '#libs/wire/wire';
import type { BotToken } from './bot-token.ts';

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Each is escaped. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** The Bot Connector's REST interface. One call is one request with an effect; Microsoft's client repeats by itself, so it is not used. */
export class Connector {
  constructor(
    private readonly serviceUrl: string,
    private readonly token: BotToken,
    private readonly ctx: Pick<AdapterContext, 'fetch'>,
  ) {}

  /** Done with what `read` makes of the answer; unknown when that is nothing. */
  async call<T>({ method, path, query, body }: Call, read: (answer: Wire) => T | undefined, signal: AbortSignal): Promise<Attempt<T>> {
    if (signal.aborted) return refused({ code: 'timeout', scope: 'message', native: 'aborted' });
    const token = await this.token.get(signal);
    if (token.outcome !== 'done') return token;
    try {
      const address = [this.serviceUrl, ...['v3', 'conversations', ...path].map(encodeURIComponent)].join('/');
      const response = await this.ctx.fetch(query ? `${address}?${new URLSearchParams(query).toString()}` : address, {
        method,
        headers: { authorization: `Bearer ${token.value}`, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
        redirect: 'error',
        signal,
      });
      const answer: unknown = await response.text().then(parsed);
      if (response.status === 401) this.token.forget();
      if (!response.ok) return faultOf(response.status, answer, response.headers.get('retry-after'));
      const value = answer === undefined ? undefined : read(wireOf(answer));
      return value === undefined ? nonsense(String(response.status)) : done(value);
    } catch (error) {
      return lostCall(error, signal);
    }
  }
}

/** Deleting is answered with nothing, which is an answer too. */
function parsed(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
