import type { Op } from '@musterhq/chat-port';
import type { Delivery } from './delivery.types.ts';

type Made = Pick<Delivery, 'operation' | 'card' | 'fileId'>;

/** A message that shows a file is made by other calls than one of words. */
export const showsFile = ({ operation, fileId }: Pick<Delivery, 'operation' | 'fileId'>): boolean =>
  operation === 'send' && fileId !== null;

/** What the platform counts it as. `on`: whether what is marked is to be marked. */
export function callsOf(delivery: Made, on: boolean): Op[] {
  const op = callOf(delivery);
  if (showsFile(delivery)) return ['file', op];
  return op === 'react' && !on ? [op, 'unreact'] : [op];
}

function callOf({ operation, card }: Made): Op {
  if (operation === 'open-room' || operation === 'pin' || operation === 'members' || operation === 'upkeep') return 'room';
  if (operation === 'remove') return 'delete';
  if (operation === 'card') return card ? 'edit' : 'send';
  return operation === 'correct' ? 'send' : operation;
}
