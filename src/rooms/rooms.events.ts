import type { ActorFact, LoggedEvent, SurfaceFact } from '#src/platform/log/event.types';

export interface MessagePosted {
  readonly messageId: string;
  /** Markdown, as people wrote it. */
  readonly text: string;
  /** The message that this one answers. */
  readonly replyTo?: string;
  /** Who is meant by an "@Name" in the text. */
  readonly mentions?: readonly ActorFact[];
  /** Read back from a chat's history, in this gap. */
  readonly gapId?: string;
}
export interface MessageEdited {
  readonly messageId: string;
  readonly text: string;
  readonly mentions?: readonly ActorFact[];
}
export interface MessageDeleted {
  readonly messageId: string;
}
export interface MessageReacted {
  readonly messageId: string;
  /** Its short name, or the sign where it has none. */
  readonly emoji: string;
  readonly on: boolean;
}
export interface MessagePinned {
  readonly messageId: string;
  readonly on: boolean;
}
/** Somebody decided it of what chats of the room may not have. */
export interface SayAgainAsked {
  /** The one message that it was asked for; absent for everything of the room. */
  readonly messageId?: string;
  readonly surfaces: readonly SurfaceFact[];
  readonly count: number;
}
interface OfMirror {
  readonly mirrorId: string;
  readonly surface: SurfaceFact;
}
export interface MirrorOpened extends OfMirror {
  readonly name: string;
  readonly permalink?: string;
}
export interface MirrorFailed extends OfMirror {
  readonly why: string;
}
interface MirrorNamed extends OfMirror {
  readonly name: string;
}
export interface MirrorRenamed extends MirrorNamed {
  readonly from: string;
}
export interface MirrorCardRemoved extends OfMirror {
  /** It is made again. */
  readonly again: boolean;
}
export interface MirrorStuck extends OfMirror {
  readonly name: string;
  readonly person: ActorFact;
  readonly wanted: 'in' | 'out';
  readonly why: string;
}
export interface MirrorTroubled extends OfMirror {
  readonly since: string;
  readonly why: string;
}
export interface MirrorCatchingUp extends OfMirror {
  readonly since: string;
}
export interface GapClosed extends OfMirror {
  readonly from: string;
  readonly to: string;
  readonly inbound: number;
  readonly outbound: number;
  /** What was said in the chat since `from` could not be read up to here: it does not have it any more. */
  readonly unreadUntil?: string;
}

/** What rooms announce, by type. */
export interface RoomEvents {
  'message.posted': MessagePosted;
  'message.edited': MessageEdited;
  'message.deleted': MessageDeleted;
  'message.reacted': MessageReacted;
  'message.pinned': MessagePinned;
  'say-again.asked': SayAgainAsked;
  'mirror.requested': OfMirror;
  'mirror.opened': MirrorOpened;
  'mirror.failed': MirrorFailed;
  'mirror.renamed': MirrorRenamed;
  'mirror.archived': MirrorNamed;
  'mirror.unarchived': MirrorNamed;
  'mirror.card-removed': MirrorCardRemoved;
  'mirror.stuck': MirrorStuck;
  'mirror.suspect': MirrorTroubled;
  'mirror.parked': MirrorTroubled;
  'mirror.catching-up': MirrorCatchingUp;
  'mirror.resumed': OfMirror;
  'gap.closed': GapClosed;
  'inbox.unreadable': { readonly count: number };
  'command.offered': { readonly text: string };
}

export function isRoomEvent<Type extends keyof RoomEvents>(event: LoggedEvent, type: Type): event is LoggedEvent<Type, RoomEvents[Type]> {
  return event.type === type;
}
