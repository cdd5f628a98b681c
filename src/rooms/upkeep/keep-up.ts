import { type Attempt, type ChatAdapter, type Fault, type RoomRef, done } from '@musterhq/chat-port';
import { isForGood } from '../deliveries/decide.ts';
import type { Step } from './next-step.ts';

/** What came of one step. */
export interface KeptUp {
  readonly kept: Step;
  /** What the room is called now. */
  readonly name?: string;
  /** The chat will not do it, however often it is asked. */
  readonly fault?: Fault;
}

/** Makes one thing so. What this chat does not have is seen to by that. */
export async function keepUp(adapter: ChatAdapter, room: RoomRef, kept: Step, signal: AbortSignal): Promise<Attempt<KeptUp>> {
  const level = adapter.capabilities(room).features[kept.feature];
  if (!adapter.rooms || level === undefined || level === 'none') return done({ kept });
  const changed = await adapter.rooms.change(room, kept.change, signal);
  if (changed.outcome === 'done') return done({ kept, name: changed.value.name });
  return isForGood(changed) && !isAboutTheRoom(changed.fault) ? done({ kept, fault: changed.fault }) : changed;
}

/** Nothing can be done in the room at all: that says nothing of this step. */
const isAboutTheRoom = ({ code, scope, remedy }: Fault): boolean => scope === 'room' && (code === 'closed' || remedy === 'invite-bot');
