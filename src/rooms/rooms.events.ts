import type { NamedFile } from '#libs/war-room-protocol/files';
import type { ActorFact, LoggedEvent, SurfaceFact } from '#src/platform/log/event.types';

export interface MessagePosted {
  readonly messageId: string;
  /** Markdown, as people wrote it. */
  readonly text: string;
  /** The message that this one answers. */
  readonly replyTo?: string;
  /** Who is meant by an "@Name" in the text. */
  readonly mentions?: readonly ActorFact[];
  /** What it came with from its chat. */
  readonly files?: readonly NamedFile[];
  /** Read back from a chat's history, in this gap. */
  readonly gapId?: string;
}
export interface MessageEdited {
  readonly messageId: string;
  readonly text: string;
  readonly mentions?: readonly ActorFact[];
  /** All that it has now, where they changed. */
  readonly files?: readonly NamedFile[];
}
export interface FileLost {
  readonly fileId: string;
  readonly name: string;
  readonly messageId: string;
  /** And what to do. After the name, and ends with a full stop. */
  readonly why: string;
  /** Where it can be opened in its chat. */
  readonly href?: string;
}
export interface MessageDeleted {
  readonly messageId: string;
}
export interface MessageReacted {
  readonly messageId: string;
  /** Its short name, or the sign where it has none. */
  readonly emoji: string;
  readonly on: boolean;
  /** Found in a chat's history, in this gap. */
  readonly gapId?: string;
}
export interface MessagePinned {
  readonly messageId: string;
  readonly on: boolean;
  readonly gapId?: string;
}
export interface CommandOffered {
  /** As it is written in the war room, without its slash. */
  readonly text: string;
  readonly askedAt: string;
  /** Whom an "@Name" in it means. */
  readonly mentions?: readonly ActorFact[];
}
export interface CommandApplied {
  readonly offerId: string;
  readonly text: string;
  readonly askedBy: ActorFact | null;
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
export interface MirrorArchiving extends MirrorNamed {
  /** So long it has been over, and quiet. */
  readonly days: number;
}
export interface MirrorArchived extends MirrorNamed {
  /** Muster did, as the room was told. */
  readonly byRule?: true;
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
export interface MirrorTopicChanged extends MirrorNamed {
  /** Empty: it was taken away. */
  readonly topic: string;
}
export interface MirrorAudienceChanged extends MirrorNamed {
  readonly audience: 'public' | 'private' | 'shared';
}
export interface MirrorUnkept extends MirrorNamed {
  readonly what: 'name' | 'topic' | 'card' | 'bookmark' | 'archived' | 'unarchived' | 'reaction';
  readonly why: string;
}
export interface MirrorTroubled extends OfMirror {
  readonly since: string;
  readonly why: string;
  readonly saidBy?: ActorFact;
  /** Muster reached nothing outside, this chat among it. */
  readonly cutOff?: true;
}
export interface MirrorCatchingUp extends OfMirror {
  readonly since: string;
  readonly saidBy?: ActorFact;
}
/** What people set on messages. */
export const MARK_KINDS = ['reactions', 'pins'] as const;
export type MarkKind = (typeof MARK_KINDS)[number];
/** Of reactions and pins how many were set, or taken off, in the chat meanwhile. */
export interface Learnt extends Readonly<Record<MarkKind, number>> {
  /** Of these the chat's history does not tell, or not all. */
  readonly mayLack: readonly MarkKind[];
}
export interface GapClosed extends OfMirror {
  readonly from: string;
  readonly to: string;
  readonly inbound: number;
  readonly outbound: number;
  /** What was said in the chat since `from` could not be read up to here: it does not have it any more. */
  readonly unreadUntil?: string;
  readonly learnt: Learnt;
}

/** What rooms announce, by type. */
export interface RoomEvents {
  'message.posted': MessagePosted;
  'message.edited': MessageEdited;
  'message.deleted': MessageDeleted;
  'message.reacted': MessageReacted;
  'message.pinned': MessagePinned;
  'file.lost': FileLost;
  'say-again.asked': SayAgainAsked;
  'mirror.requested': OfMirror;
  'mirror.opened': MirrorOpened;
  'mirror.failed': MirrorFailed;
  'mirror.renamed': MirrorRenamed;
  'mirror.topic-changed': MirrorTopicChanged;
  'mirror.unkept': MirrorUnkept;
  'mirror.archiving': MirrorArchiving;
  'mirror.archived': MirrorArchived;
  'mirror.unarchived': MirrorNamed;
  'mirror.shut-out': MirrorNamed;
  'mirror.let-in': MirrorNamed;
  'mirror.audience-changed': MirrorAudienceChanged;
  'mirror.card-removed': MirrorCardRemoved;
  'mirror.stuck': MirrorStuck;
  'mirror.suspect': MirrorTroubled;
  'mirror.parked': MirrorTroubled;
  'mirror.catching-up': MirrorCatchingUp;
  'mirror.resumed': OfMirror;
  'gap.closed': GapClosed;
  'inbox.unreadable': { readonly count: number };
  'command.offered': CommandOffered;
  'command.applied': CommandApplied;
}

export function isRoomEvent<Type extends keyof RoomEvents>(event: LoggedEvent, type: Type): event is LoggedEvent<Type, RoomEvents[Type]> {
  return event.type === type;
}
