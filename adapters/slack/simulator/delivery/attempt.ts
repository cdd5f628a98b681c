import type { Json } from '../objects.ts';

/** What one try to reach the app came to. `error` is Slack's word for it; then there may be no status. */
export interface Attempt {
  readonly status?: number;
  readonly error?: 'http_timeout' | 'http_error' | 'connection_failed' | 'ssl_error' | 'too_many_redirects' | 'unknown_error';
  /** The body, or what came with a socket's acknowledgement. */
  readonly body: string;
  readonly noRetry: boolean;
}

/** What is carried to the app. Events may be tried again; commands and interactions never are. */
export interface Parcel {
  readonly kind: 'event' | 'command' | 'interaction' | 'url_verification';
  readonly payload: object;
  readonly retry?: { readonly num: number; readonly reason: string };
}

export interface Carrier {
  readonly transport: 'http' | 'socket';
  carry(parcel: Parcel): Promise<Attempt>;
}

export function acknowledged(attempt: Attempt): boolean {
  return attempt.error === undefined && attempt.status !== undefined && attempt.status >= 200 && attempt.status < 300;
}

/** The body read as JSON; undefined when it is none. */
export function answerOf(attempt: Attempt): Json | undefined {
  if (attempt.body.trim() === '') return undefined;
  try {
    return JSON.parse(attempt.body) as Json;
  } catch {
    return undefined;
  }
}
