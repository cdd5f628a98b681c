import type { Fault } from '@musterhq/chat-port';

/** Reading again will not help: somebody deleted the room, or took us out of it. */
export const isGone = ({ code }: Fault): boolean => ['not-found', 'closed', 'forbidden', 'unsupported'].includes(code);
