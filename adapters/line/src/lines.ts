import { createHash } from 'node:crypto';
import type { Envelope, Fault, InMessage, UserRef } from '@musterhq/chat-port';

/** A line is fields between spaces, and each field is written as in a web address, so that none holds a space or a line's end. */
export const asLine = (...fields: readonly string[]): string => `${fields.map((field) => encodeURIComponent(field)).join(' ')}\n`;

export async function* linesOf(socket: AsyncIterable<unknown>): AsyncGenerator<string[], undefined> {
  let rest = '';
  for await (const chunk of socket) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield line.split(' ').map(asWritten);
  }
}

/** What nobody can read stays as it came: it is somebody's mistake, and no reason to stop listening. */
function asWritten(field: string): string {
  try {
    return decodeURIComponent(field);
  } catch {
    return field;
  }
}

/** What stands after `no`. Any other word says nothing of what became of the message. */
export const REFUSALS: Readonly<Record<string, Fault>> = {
  slow: { code: 'rate-limited', scope: 'room' },
  token: { code: 'auth', scope: 'tenant', remedy: 'reauthorize' },
  room: { code: 'not-found', scope: 'room' },
  long: { code: 'too-large', scope: 'message', remedy: 'shorten' },
};

/** Messages have no numbers here: the same words by the same person in the same millisecond are the same message. */
export const idOf = (...fields: readonly string[]): string =>
  createHash('sha256')
    .update(asLine(...fields))
    .digest('hex')
    .slice(0, 16);

export function decode([verb = '', time = '', room = '', user = '', v = '']: string[], us: UserRef): Envelope {
  const [id, at] = [idOf(time, user, v), Number(time)];
  if (verb !== 'said') return { id, lane: verb, at: 0, redelivery: 0, event: { type: 'unknown', name: verb } };
  const message: InMessage = {
    ref: { room: { adapter: us.adapter, tenant: us.tenant, room }, id },
    author: { ...us, user },
    origin: user === us.user ? 'self' : 'human',
    content: { blocks: [{ t: 'p', c: [{ t: 'text', v }] }], summary: v },
    at,
    revision: id,
    mentionsMe: v.includes(`@${us.user}`),
    files: [],
  };
  return { id: `${room}:${id}`, lane: room, at, redelivery: 0, event: { type: 'message.created', message } };
}
