import { type Tx, rows } from '#src/platform/database/database';

/** The same id came with another request: answering it as done would lose it. */
export class IdUsedBefore extends Error {
  constructor() {
    super('This id was used for another request. Send it again with a new id.');
    this.name = 'IdUsedBefore';
  }
}

/**
 * What a request did the first time: its event's number, or null when it is new. Ask once whatever it changes is held,
 * so that two of the same at one moment find each other.
 *
 * @throws IdUsedBefore when the id belongs to another request
 */
export async function doneBefore<Data extends object>(
  tx: Tx,
  streamId: string,
  requestId: string,
  type: string,
  isSame: (data: Data, at: Date) => boolean,
): Promise<number | null> {
  const [done] = await rows<{ seq: string; type: string; at: Date; data: Data }>(
    tx,
    'select seq, type, at, data from event where stream_id = $1 and id = $2',
    [streamId, requestId],
  );
  if (!done) return null;
  if (done.type !== type || !isSame(done.data, done.at)) throw new IdUsedBefore();
  return Number(done.seq);
}
