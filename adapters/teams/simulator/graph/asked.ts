import type { Answer } from '../connector-rules.ts';

type Json = Readonly<Record<string, unknown>>;

/** A request to Graph, taken apart. */
export interface Asked {
  readonly method: string;
  /** What follows the version, unescaped. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Json;
  /** As they came. */
  readonly bytes: Uint8Array;
}

/** Graph's own shape of a no. */
export const graphError = (status: number, code: string, message: string): Answer => ({
  status,
  body: { error: { code, message, innerError: { date: new Date(0).toISOString(), 'request-id': 'r', 'client-request-id': 'c' } } },
});

export const notFound = (what: string): Answer => graphError(404, 'NotFound', `No ${what} found.`);

export const list = (value: readonly object[], more: Json = {}): Answer => ({ status: 200, body: { ...more, value } });

/** In the way of an answer to a `202`: where its operation is asked about. */
export const accepted = (location: string): Answer => ({ status: 202, headers: { location } });

export interface Operation {
  readonly id: string;
  readonly status: 'inProgress' | 'succeeded' | 'failed';
  readonly targetResourceId: string;
}
