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
    const url = this.addressOf(path);
    return this.request(asked.length > 0 ? `${url}?${asked.join('&')}` : url, call, read, signal);
  }

  /** What a thing is made of, as it comes; where Graph says that it is elsewhere, that answer. */
  open(path: readonly string[], needs: string, signal: AbortSignal): Promise<Attempt<Response>> {
    return this.exchange(this.addressOf(path), { redirect: 'manual' }, needs, signal);
  }

  /** A link that Graph gave, as to the next page or to an operation. The token goes to Graph and to nobody else. */
  follow<T>(link: string, needs: string, read: (answer: GraphAnswer) => T | undefined, signal: AbortSignal): Promise<Attempt<T>> {
    const url = this.within(link);
    return url === undefined ? Promise.resolve(nonsense('a link elsewhere')) : this.request(url, { method: 'GET', needs }, read, signal);
  }

  /** A file into a folder, in the place of one that has its name. */
  upload<T>(
    { drive, folder, name }: { readonly drive: string; readonly folder: string; readonly name: string },
    { body, size, needs }: { readonly body: ReadableStream<Uint8Array>; readonly size: number; readonly needs: string },
    read: (answer: GraphAnswer) => T | undefined,
    signal: AbortSignal,
  ): Promise<Attempt<T>> {
    const url = `${this.addressOf(['drives', drive, 'items', folder])}:/${encodeURIComponent(name)}:/content?@microsoft.graph.conflictBehavior=replace`;
    const headers = { 'content-type': 'application/octet-stream', 'content-length': String(size) };
    return this.read(url, { method: 'PUT', headers, body, duplex: 'half', redirect: 'error' } as RequestInit, needs, read, signal);
  }

  /** `$value` is Graph's own, and is not escaped. */
  private addressOf(path: readonly string[]): string {
    return [this.graphUrl, 'v1.0', ...path.map((part) => (part === '$value' ? part : encodeURIComponent(part)))].join('/');
  }

  /** Operations are told without the host and the version. */
  private within(link: string): string | undefined {
    const url = link.startsWith('/') ? `${this.graphUrl}/v1.0${link}` : link;
    return URL.canParse(url) && new URL(url).origin === new URL(this.graphUrl).origin ? url : undefined;
  }

  private request<T>(
    url: string,
    { method, body, needs }: Omit<GraphCall, 'path' | 'query'>,
    read: (answer: GraphAnswer) => T | undefined,
    signal: AbortSignal,
  ): Promise<Attempt<T>> {
    const json = body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    return this.read(url, { method, ...json, redirect: 'error' }, needs, read, signal);
  }

  private async read<T>(
    url: string,
    init: RequestInit,
    needs: string,
    read: (answer: GraphAnswer) => T | undefined,
    signal: AbortSignal,
  ): Promise<Attempt<T>> {
    const answered = await this.exchange(url, init, needs, signal);
    if (answered.outcome !== 'done') return answered;
    const { status, headers } = answered.value;
    try {
      const answer = await answered.value.text().then(parsed);
      const location = headers.get('location');
      const given = { status, body: wireOf(answer), ...(location !== null && { location }) };
      const value = answer === undefined ? undefined : read(given);
      return value === undefined ? nonsense(String(status)) : done(value);
    } catch (error) {
      return lostCall(error, signal);
    }
  }

  /** Done with an answer that is no failure, before it is read. */
  private async exchange(url: string, init: RequestInit, needs: string, signal: AbortSignal): Promise<Attempt<Response>> {
    if (signal.aborted) return refused({ code: 'timeout', scope: 'message', native: 'aborted' });
    const token = await this.token.get(signal);
    if (token.outcome !== 'done') return token;
    try {
      const response = await this.ctx.fetch(url, {
        ...init,
        headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${token.value}` },
        signal,
      });
      if (response.status === 401) this.token.forget();
      const { status } = response;
      if (response.ok || (init.redirect === 'manual' && status >= 300 && status < 400)) return done(response);
      return graphFaultOf({ status, body: await response.text().then(parsed), retryAfter: response.headers.get('retry-after'), needs });
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
