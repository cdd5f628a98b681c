import { type AdapterContext, type Attempt, done, refused } from '@musterhq/chat-port';
import { type Wire, wireOf } from '#libs/wire/wire';
import type { BotToken } from '../outbound/bot-token.ts';
import { lostCall, nonsense } from '../teams-faults.ts';
import { graphFaultOf } from './graph-faults.ts';

export const GRAPH_SCOPE = 'https://graph.microsoft.com/.default';

export interface GraphCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Each is escaped. */
  readonly path: readonly string[];
  /** OData's own, as `$top`. */
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** The least permission that lets an app do this, for whoever has to give it. */
  readonly needs: string;
}

/** What came back: the body, and where an operation that is still under way can be asked about. */
export interface GraphAnswer {
  readonly status: number;
  readonly body: Wire;
  readonly location?: string;
}

/**
 * Microsoft Graph by the app's own name. One call is one request: Microsoft's clients wait and repeat by themselves, get their tokens
 * by a way of their own and end by no signal, so they are not used. What they would save is this file.
 */
export class Graph {
  constructor(
    private readonly graphUrl: string,
    private readonly token: BotToken,
    private readonly ctx: Pick<AdapterContext, 'fetch'>,
  ) {}

  /** Done with what `read` makes of the answer; unknown when that is nothing. */
  call<T>(
    { path, query = {}, ...call }: GraphCall,
    read: (answer: GraphAnswer) => T | undefined,
    signal: AbortSignal,
  ): Promise<Attempt<T>> {
    const asked = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    const url = [this.graphUrl, 'v1.0', ...path.map(encodeURIComponent)].join('/');
    return this.request(asked.length > 0 ? `${url}?${asked.join('&')}` : url, call, read, signal);
  }

  /** A link that Graph gave, as to the next page or to an operation. The token goes to Graph and to nobody else. */
  follow<T>(link: string, needs: string, read: (answer: GraphAnswer) => T | undefined, signal: AbortSignal): Promise<Attempt<T>> {
    const url = this.within(link);
    return url === undefined ? Promise.resolve(nonsense('a link elsewhere')) : this.request(url, { method: 'GET', needs }, read, signal);
  }

  /** Operations are told without the host and the version. */
  private within(link: string): string | undefined {
    const url = link.startsWith('/') ? `${this.graphUrl}/v1.0${link}` : link;
    return URL.canParse(url) && new URL(url).origin === new URL(this.graphUrl).origin ? url : undefined;
  }

  private async request<T>(
    url: string,
    { method, body, needs }: Omit<GraphCall, 'path' | 'query'>,
    read: (answer: GraphAnswer) => T | undefined,
    signal: AbortSignal,
  ): Promise<Attempt<T>> {
    if (signal.aborted) return refused({ code: 'timeout', scope: 'message', native: 'aborted' });
    const token = await this.token.get(signal);
    if (token.outcome !== 'done') return token;
    try {
      const response = await this.ctx.fetch(url, {
        method,
        headers: { authorization: `Bearer ${token.value}`, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
        redirect: 'error',
        signal,
      });
      const answer = await response.text().then(parsed);
      if (response.status === 401) this.token.forget();
      if (!response.ok)
        return graphFaultOf({ status: response.status, body: answer, retryAfter: response.headers.get('retry-after'), needs });
      const location = response.headers.get('location');
      const given = { status: response.status, body: wireOf(answer), ...(location !== null && { location }) };
      const value = answer === undefined ? undefined : read(given);
      return value === undefined ? nonsense(String(response.status)) : done(value);
    } catch (error) {
      return lostCall(error, signal);
    }
  }
}

/** What was changed or begun is answered with nothing, which is an answer too. */
function parsed(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
