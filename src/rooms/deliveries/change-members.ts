import { type Attempt, type ChatAdapter, type Fault, type RoomRef, type UserRef, done } from '@musterhq/chat-port';
import type { ActorFact } from '#src/platform/log/event.types';
import { isForGood } from './decide.ts';

/** Where somebody's account is to be. */
export interface WantedMember {
  readonly account: UserRef;
  readonly person: ActorFact;
  readonly wanted: 'in' | 'out';
  /** The event that this delivery follows from is about them. */
  readonly asked: boolean;
  /** False where the room is open to them anyhow. */
  readonly isNeeded: boolean;
}

/** Whom the chat will not bring in or send out, however often it is asked. */
export interface StuckMember extends Pick<WantedMember, 'person' | 'wanted'> {
  readonly fault: Fault;
}

/**
 * Makes a chat's room have in it whom it should. Whoever is to leave goes first, and one who cannot be moved keeps
 * nobody else. Answers who of those that it was asked for is stuck: the others were told of in their own time.
 */
export async function changeMembers(
  adapter: ChatAdapter,
  room: RoomRef,
  members: readonly WantedMember[],
  signal: AbortSignal,
): Promise<Attempt<readonly StuckMember[]>> {
  const { rooms } = adapter;
  const level = adapter.capabilities(room).features['room.members'];
  if (!rooms || level === undefined || level === 'none')
    return done(
      stuckOf(
        members.filter(({ isNeeded }) => isNeeded),
        UNSUPPORTED,
      ),
    );

  const leaving = members.filter(({ wanted }) => wanted === 'out');
  const coming = members.filter(({ wanted }) => wanted === 'in');
  const stuck: StuckMember[] = [];
  for (const one of leaving) {
    const removed = await rooms.change(room, { remove: [one.account] }, signal);
    if (isForGood(removed)) stuck.push(...stuckOf([one], removed.fault));
    else if (removed.outcome !== 'done') return removed;
  }
  const invite = async (some: readonly WantedMember[]): Promise<Attempt<unknown>> => {
    if (some.length === 0) return done(null);
    const invited = await rooms.change(room, { invite: some.map(({ account }) => account) }, signal);
    const uninvited = invited.outcome === 'done' ? (invited.value.uninvited ?? []) : [];
    for (const { user, fault } of uninvited) stuck.push(...stuckOf(whoIs(user, some), fault));
    return invited;
  };
  const together = await invite(coming);
  if (!isForGood(together)) return together.outcome === 'done' ? done(stuck) : together;
  for (const one of coming) {
    const alone = await invite([one]);
    if (isForGood(alone)) stuck.push(...stuckOf([one], alone.fault));
    else if (alone.outcome !== 'done') return alone;
  }
  return done(stuck);
}

const UNSUPPORTED: Fault = { code: 'unsupported', scope: 'room', detail: 'Muster cannot change who is in a room of this chat.' };

const stuckOf = (members: readonly WantedMember[], fault: Fault): StuckMember[] =>
  members.filter(({ asked }) => asked).map(({ person, wanted }) => ({ person, wanted, fault }));

const whoIs = ({ user }: UserRef, members: readonly WantedMember[]): WantedMember[] =>
  members.filter(({ account }) => account.user === user);
