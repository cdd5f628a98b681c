import { type Attempt, type Room, type RoomChange, type RoomRef, type RoomSpec, type Rooms, refused } from '@musterhq/chat-port';
import { isGroupChat } from '../conversations.ts';
import { NOBODY_KNOWN } from '../graph/chat-rooms.ts';

/** What rooms there are, and who gets which. */
export interface RoomKinds {
  /** What everybody of the team reads: threads of a channel, or channels. */
  readonly open: Rooms;
  readonly chats?: Rooms;
  /** Every incident gets a chat, and not only what is private. */
  readonly chatsForAll: boolean;
}

/**
 * Where a room is made by what it is for, and looked for by what it is called. What is private gets a chat or none. What is not, and is
 * to get one, is told in the open where Teams knows nobody who could be in a chat: nothing is hidden by that, and people find it.
 */
export class RoomsByKind implements Rooms {
  constructor(private readonly kinds: RoomKinds) {}

  readonly create = async (spec: RoomSpec, signal: AbortSignal): Promise<Attempt<Room>> => {
    const { open, chats, chatsForAll } = this.kinds;
    if (spec.private) return chats?.create(spec, signal) ?? PRIVATE;
    if (!chats || !chatsForAll) return open.create(spec, signal);
    const made = await chats.create(spec, signal);
    const isForNobody = made.outcome === 'refused' && made.fault.native === NOBODY_KNOWN;
    return isForNobody ? open.create(spec, signal) : made;
  };

  readonly get = (ref: RoomRef, signal: AbortSignal): Promise<Attempt<Room | null>> => this.of(ref).get(ref, signal);

  readonly change = (ref: RoomRef, to: RoomChange, signal: AbortSignal): Promise<Attempt<Room>> => this.of(ref).change(ref, to, signal);

  private of({ room }: RoomRef): Rooms {
    return (isGroupChat(room) ? this.kinds.chats : undefined) ?? this.kinds.open;
  }
}

const PRIVATE = refused({
  code: 'unsupported',
  scope: 'room',
  detail:
    'In Teams, incidents are told where everybody in the team reads, so a private one gets none, unless the setup page of Teams says that private ones get group chats. It goes on in the war room.',
});
