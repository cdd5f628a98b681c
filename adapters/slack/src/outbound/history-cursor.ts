import { stringOf, wireOf } from '#libs/wire/wire';

/** Where a reading of the history stands: in the channel or in a thread, and the threads still to be read. */
export interface Place {
  readonly thread?: string;
  readonly threads: readonly string[];
  readonly cursor?: string;
}

export const writePlace = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** From a page's cursor; without one, the beginning. A cursor that is not ours is the beginning too. */
export function placeOf(cursor: string | undefined, thread: string | undefined): Place {
  const beginning: Place = { threads: [], ...(thread ? { thread } : {}) };
  if (!cursor) return beginning;
  try {
    const place = wireOf(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    const [t, c] = [stringOf(place['thread']), stringOf(place['cursor'])];
    const threads = Array.isArray(place['threads']) ? place['threads'].filter((ts) => typeof ts === 'string') : [];
    return { threads, ...(t ? { thread: t } : {}), ...(c ? { cursor: c } : {}) };
  } catch {
    return beginning;
  }
}
