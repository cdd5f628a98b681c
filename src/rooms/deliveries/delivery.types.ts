import type { Content, Fault, FileRef, Part } from '@musterhq/chat-port';

/** `gathered`: it is said in a digest, and stands as that does. */
export type DeliveryStatus = 'pending' | 'gathered' | 'sending' | 'sent' | 'refused' | 'unknown' | 'needs-a-person' | 'canceled';
/**
 * `edit` and `remove` are of our own copy of a message; `correct` says the same where that cannot be done. `react` and
 * `pin` make the chat show what is so when they go out, `members` who is in its room, and `upkeep` what that looks like.
 */
export type Operation = 'open-room' | 'send' | 'card' | 'edit' | 'correct' | 'remove' | 'react' | 'pin' | 'members' | 'upkeep';
export type Lane = 'room' | 'card' | 'marks' | 'upkeep';

/** One of the chat's messages that is a part of one of ours. */
export interface Copy {
  readonly id: string;
  readonly part: number;
  readonly thread: string | null;
}

/** A row of the table, with what its mirror knows. */
export interface Delivery {
  readonly id: string;
  readonly mirrorId: string;
  readonly incidentId: string;
  readonly instance: string;
  readonly tenant: string;
  readonly room: string | null;
  readonly card: string | null;
  /** Of nobody's room: the card is the announcement's post. */
  readonly isAnnouncement: boolean;
  readonly lane: Lane;
  /** The number of the event it follows from. */
  readonly position: number;
  readonly operation: Operation;
  readonly messageId: string | null;
  /** The file of the room that it shows, or takes away. */
  readonly fileId: string | null;
  /** What the chat calls that file, where it was brought there. */
  readonly chatFile: FileRef | null;
  readonly content: Content | null;
  /** Null stands for a part that is to be taken away. */
  readonly parts: readonly (Part | null)[] | null;
  /** The first message of the thread to say it in, once that is settled. */
  readonly thread: string | null;
  readonly emoji: string | null;
  /** It says what others hold, which are gathered in it. */
  readonly isDigest: boolean;
  /** The digest that this is, or changes: then the copies are that one's. */
  readonly digestId: string | null;
  /** What the chat has of the message that this is about. */
  readonly copies: readonly Copy[];
  readonly part: number;
  /** The parts to say, where a chat lost some of what it had said it has; null for all. */
  readonly again: readonly number[] | null;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  /** Attempts in a row that had no end: the process died in them, or the adapter threw. */
  readonly unended: number;
  readonly looks: number;
  /** A moment after it was written. */
  readonly queuedAt: Date;
  readonly triedAt: Date | null;
  readonly nextAt: Date;
  readonly settleAt: Date | null;
  readonly fault: Fault | null;
  /** It settled, and the chat has not been seen well since then, or is doubted. */
  readonly mayBeAway: boolean;
  /** A person decided that the next attempt may say it twice. */
  readonly mayRepeat: boolean;
  readonly trace: string | null;
}

/** Nobody knows how it ended. `isOurs`: this process began it, so it has not ended the process, but lost the database. */
export type LostAttempt = Delivery & { readonly isOurs: boolean };

/** What our message carries on the platform, so that it can be found again and its echo is known. */
export const keyOf = (delivery: Pick<Delivery, 'id' | 'part'>): string => `${delivery.id}.${delivery.part}`;

export function fromKey(key: string): { id: string; part: number } | null {
  const found = /^([0-9a-f-]{36})\.(\d{1,3})$/.exec(key);
  return found ? { id: found[1] ?? '', part: Number(found[2]) } : null;
}
