import { type Attempt, type Fault, done, refused, unknown } from '@musterhq/chat-port';
import { ConnectionLost, type Reply } from './line.ts';

type Decision = readonly ['refused' | 'unknown', Fault];

/** What each answer of the fake chat means. Everything else is not an answer. */
const BY_STATUS: Readonly<Record<number, Decision>> = {
  401: ['refused', { code: 'auth', scope: 'tenant', remedy: 'reauthorize', detail: 'The chat no longer knows the bot’s token' }],
  403: ['refused', { code: 'forbidden', scope: 'message', detail: 'The message is somebody else’s' }],
  404: ['refused', { code: 'not-found', scope: 'room', detail: 'There is no such room' }],
  408: ['refused', { code: 'closed', scope: 'message', detail: 'The click or command was too long ago, or has opened a form already' }],
  409: ['refused', { code: 'conflict', scope: 'room', detail: 'The name is taken' }],
  410: ['refused', { code: 'closed', scope: 'room', detail: 'The room is archived' }],
  412: ['refused', { code: 'not-found', scope: 'message', detail: 'There is no such message' }],
  413: ['refused', { code: 'too-large', scope: 'message', remedy: 'shorten', detail: 'The message is longer than the chat takes' }],
  422: ['refused', { code: 'invalid', scope: 'message', detail: 'The chat does not take that name' }],
};

/** Makes one call and says honestly how it ended. Never throws, never tries again. */
export async function attempt<Wire, T>(signal: AbortSignal, call: () => Promise<Reply>, read: (body: Wire) => T): Promise<Attempt<T>> {
  if (signal.aborted) return refused({ code: 'timeout', scope: 'adapter', detail: 'There was no time left, so nothing was sent' });
  try {
    return outcomeOf(await call(), read);
  } catch (error) {
    if (error instanceof ConnectionLost && !error.sent) return refused({ code: 'unavailable', scope: 'adapter', detail: error.message });
    if (error instanceof ConnectionLost) return unknown({ code: 'unavailable', scope: 'adapter', detail: error.message });
    if (signal.aborted) return unknown({ code: 'timeout', scope: 'adapter', detail: 'No answer in time' });
    throw error;
  }
}

function outcomeOf<Wire, T>({ status, body, retryAfterMs }: Reply, read: (body: Wire) => T): Attempt<T> {
  if (status === 429) {
    return refused({
      code: 'rate-limited',
      scope: 'room',
      remedy: 'wait',
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      native: '429',
    });
  }
  const decision = BY_STATUS[status];
  if (decision) return { outcome: decision[0], fault: { ...decision[1], native: String(status) } };
  if (status >= 500) return unknown({ code: 'unavailable', scope: 'adapter', native: String(status) });
  if (typeof body === 'string') return unknown({ code: 'protocol', scope: 'adapter', detail: 'The answer makes no sense' });
  return done(read(body as Wire));
}
