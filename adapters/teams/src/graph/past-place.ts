import { stringOf, wireOf } from '#libs/wire/wire';

/** Where a reading of the history stands: by a link of Graph, in the room or in one of its threads, and the threads still to be read. */
export interface PastPlace {
  readonly thread?: string;
  readonly threads: readonly string[];
  readonly link?: string;
}

export const writePlace = (place: PastPlace): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** From a page's cursor; without one, the beginning. A cursor that is not ours is the beginning too. */
export function pastPlaceOf(cursor: string | undefined): PastPlace {
  try {
    const place = wireOf(JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString('utf8')));
    const [thread, link] = [stringOf(place.thread), stringOf(place.link)];
    const threads = Array.isArray(place.threads) ? place.threads.filter((one) => typeof one === 'string') : [];
    return { threads, ...(thread !== undefined && { thread }), ...(link !== undefined && { link }) };
  } catch {
    return { threads: [] };
  }
}
