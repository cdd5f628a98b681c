import { AsyncLocalStorage } from 'node:async_hooks';
import { type Logger, webApi } from '@slack/bolt';
import { type Attempt, done, refused } from '@musterhq/chat-port';
import { type Failure, outcomeOf } from './slack-faults.ts';

/** What one call meets on its way, seen at the wire: Slack's client wraps it until the reason is gone. */
interface Exchange {
  readonly signal: AbortSignal;
  status?: number;
  retryAfterMs?: number;
  error?: unknown;
}

export interface ClientOptions {
  readonly token: string;
  readonly apiUrl: string;
  readonly fetch: typeof fetch;
  readonly logger: Logger;
  /** Hears how every call ended. */
  readonly heard?: (attempt: Attempt<unknown>) => void;
}

export const CALL_TIMEOUT_MS = 10_000;

/** Left alone, Slack's client tries ten times in half an hour, waits for ever, and lets one 429 hold up everybody. */
export const oneAttempt = {
  retryConfig: { retries: 0 },
  timeout: CALL_TIMEOUT_MS,
  rejectRateLimitedCalls: true,
  maxRequestConcurrency: Infinity,
} as const;

/** Slack's Web API, one attempt a call, with an outcome instead of an exception. */
export class SlackClient {
  private readonly exchanges = new AsyncLocalStorage<Exchange>();
  private readonly underWay = new Set<Promise<unknown>>();
  private readonly closed = new AbortController();
  private readonly web: webApi.WebClient;

  constructor(private readonly options: ClientOptions) {
    this.web = new webApi.WebClient(options.token, {
      ...oneAttempt,
      slackApiUrl: options.apiUrl,
      logger: options.logger,
      allowAbsoluteUrls: false,
      fetch: ((url, init) => this.fetch(url as string, init as RequestInit)) as typeof fetch,
    });
  }

  /** One attempt. Ends with the signal, with `close`, or after ten seconds, whichever is first; never throws. */
  async call<T>(method: string, args: Record<string, unknown>, signal: AbortSignal): Promise<Attempt<T>> {
    if (signal.aborted || this.closed.signal.aborted) {
      return refused({ code: 'unavailable', scope: 'adapter', detail: 'Nothing was sent: the call was given up before it began.' });
    }
    const ended = await this.track(this.attempt<T>(method, args, { signal }));
    this.options.heard?.(ended);
    return ended;
  }

  /** Says something by the address that came with a gesture. One attempt too, in Slack's time for a call. */
  respond(url: string, body: object, signal = AbortSignal.timeout(CALL_TIMEOUT_MS)): Promise<Attempt<void>> {
    return this.track(this.post(url, body, { signal }));
  }

  /**
   * Bytes to or from an address that Slack gave. One attempt, which ends with the answer's head: reading its body ends by the signal, or
   * with `close`. With the token only to addresses of Slack's own, which the caller has looked at.
   */
  transfer(url: string, init: RequestInit, signal: AbortSignal, token?: 'with the token'): Promise<Attempt<Response>> {
    return this.track(this.exchangeBytes(url, init, { signal }, token !== undefined));
  }

  /** Waits a little for calls under way, then gives them up. May be called twice. */
  async close(graceMs = 1_000): Promise<void> {
    const drained = Promise.allSettled([...this.underWay]);
    const timer = setTimeout(() => this.closed.abort(), graceMs);
    await drained;
    clearTimeout(timer);
    this.closed.abort();
  }

  private async attempt<T>(method: string, args: Record<string, unknown>, exchange: Exchange): Promise<Attempt<T>> {
    try {
      return done((await this.exchanges.run(exchange, () => this.web.apiCall(method, args))) as T);
    } catch (error) {
      return outcomeOf(failureOf(error, exchange), method);
    }
  }

  private async post(url: string, body: object, exchange: Exchange): Promise<Attempt<void>> {
    try {
      const request = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        redirect: 'error' as const,
      };
      const response = await this.exchanges.run(exchange, () => this.fetch(url, { ...request, signal: exchange.signal }));
      await response.text();
      if (response.ok) return done(undefined);
      return outcomeOf(failureOf(undefined, exchange), 'response_url');
    } catch (error) {
      return outcomeOf(failureOf(error, exchange), 'response_url');
    }
  }

  private async exchangeBytes(url: string, init: RequestInit, exchange: Exchange, withToken: boolean): Promise<Attempt<Response>> {
    try {
      const headers = {
        ...(init.headers as Record<string, string>),
        ...(withToken ? { authorization: `Bearer ${this.options.token}` } : {}),
      };
      return done(await this.exchanges.run(exchange, () => this.fetch(url, { ...init, headers, signal: exchange.signal })));
    } catch (error) {
      return outcomeOf(failureOf(error, exchange), 'bytes of a file');
    }
  }

  private async track<T>(attempt: Promise<T>): Promise<T> {
    this.underWay.add(attempt);
    try {
      return await attempt;
    } finally {
      this.underWay.delete(attempt);
    }
  }

  private async fetch(url: string, init: RequestInit): Promise<Response> {
    const exchange = this.exchanges.getStore();
    const signals = [init.signal, exchange?.signal, this.closed.signal].filter((s) => s != null);
    try {
      const response = await this.options.fetch(url, { ...init, signal: AbortSignal.any(signals) });
      if (exchange) exchange.status = response.status;
      const after = Number(response.headers.get('retry-after') ?? NaN);
      if (exchange && Number.isFinite(after)) exchange.retryAfterMs = after * 1000;
      return response;
    } catch (error) {
      if (exchange) exchange.error = error;
      throw error;
    }
  }
}

function failureOf(error: unknown, { signal, status, retryAfterMs, error: onTheWire }: Exchange): Failure {
  if (status !== undefined && status !== 200) return { kind: 'status', status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  if (error instanceof webApi.WebAPIPlatformError) return { kind: 'answer', error: error.data.error };
  if (signal.aborted || isTimeout(onTheWire)) return { kind: 'aborted' };
  if (onTheWire !== undefined) return { kind: 'network', error: onTheWire };
  // The headers of a 200 came and its body did not, or it made no sense.
  return isTimeout(error) ? { kind: 'aborted' } : status === 200 ? { kind: 'answer', error: undefined } : { kind: 'network', error };
}

function isTimeout(error: unknown): boolean {
  const name = (error as { name?: unknown } | null | undefined)?.name;
  return name === 'TimeoutError' || name === 'AbortError';
}
