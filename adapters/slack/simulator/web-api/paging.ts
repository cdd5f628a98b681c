import type { JsonObject, SlackMessage } from '../objects.ts';
import { SlackError } from '../slack-error.ts';
import { micros } from '../ts.ts';
import type { Args } from './args.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string;
}

/** A page of a list that has an order of its own. The cursor names the item the next page starts with, so that pages neither overlap nor leave gaps. */
export function pageByKey<T>(all: readonly T[], key: (item: T) => string, args: Args, otherwise: number, most: number): Page<T> {
  const from = startOf(all, key, args.text('cursor'));
  const limit = args.limit(otherwise, most);
  const following = all[from + limit];
  return { items: all.slice(from, from + limit), next: following === undefined ? '' : encode(key(following)) };
}

function startOf<T>(all: readonly T[], key: (item: T) => string, cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const wanted = decode(cursor);
  const from = all.findIndex((item) => key(item) === wanted);
  if (from < 0) throw new SlackError('invalid_cursor');
  return from;
}

/** Messages between `oldest` and `latest`; the ends themselves only when `inclusive` is asked for and an end is given. */
export function between(messages: readonly SlackMessage[], args: Args): readonly SlackMessage[] {
  const oldest = edge(args.text('oldest'), 'invalid_ts_oldest');
  const latest = edge(args.text('latest'), 'invalid_ts_latest');
  const inclusive = args.flag('inclusive');
  return messages.filter((m) => {
    const at = micros(m.ts) ?? 0n;
    if (oldest !== undefined && (inclusive ? at < oldest : at <= oldest)) return false;
    return latest === undefined || (inclusive ? at <= latest : at < latest);
  });
}

function edge(ts: string | undefined, error: string): bigint | undefined {
  if (ts === undefined || ts === '0') return undefined;
  const value = micros(ts);
  if (value === undefined) throw new SlackError(error);
  return value;
}

/**
 * A page of history, newest first. The cursor names a time, so a message deleted between two pages spoils nothing;
 * messages that came after the first page stay out of the later ones.
 */
export function pageBack(newestFirst: readonly SlackMessage[], args: Args): Page<SlackMessage> {
  const cursor = args.text('cursor');
  const before = cursor === undefined ? undefined : micros(cursorTime(decode(cursor)));
  const rest = before === undefined ? newestFirst : newestFirst.filter((m) => (micros(m.ts) ?? 0n) < before);
  const limit = args.limit(100, 999);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rest.length > limit && last ? encode(`next_ts:${last.ts}`) : '' };
}

/** A page of a thread, oldest first, in the same manner. */
export function pageOn(oldestFirst: readonly SlackMessage[], args: Args): Page<SlackMessage> {
  const cursor = args.text('cursor');
  const after = cursor === undefined ? undefined : micros(cursorTime(decode(cursor)));
  const rest = after === undefined ? oldestFirst : oldestFirst.filter((m) => (micros(m.ts) ?? 0n) > after);
  const limit = args.limit(1000, 1000);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rest.length > limit && last ? encode(`next_ts:${last.ts}`) : '' };
}

export function cursorFields(next: string): JsonObject {
  return { response_metadata: { next_cursor: next } };
}

function cursorTime(decoded: string): string {
  if (!decoded.startsWith('next_ts:') || micros(decoded.slice(8)) === undefined) throw new SlackError('invalid_cursor');
  return decoded.slice(8);
}

function encode(key: string): string {
  return Buffer.from(key).toString('base64');
}

function decode(cursor: string): string {
  return Buffer.from(cursor, 'base64').toString();
}
