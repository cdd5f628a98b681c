import type { Content, FileRef, Form } from './content.ts';
import type { MessageRef, Origin, RoomRef, UserRef } from './names.ts';

export interface InMessage {
  ref: MessageRef;
  author: UserRef;
  /** What the platform shows as its author, where that is another app and no account that could be looked up. */
  authorName?: string;
  origin: Origin;
  /** The key it was sent with, when origin is `self` and the platform shows it. Never set on anybody else's message. */
  key?: string;
  content: Content;
  /** When the platform says it was sent, in epoch milliseconds; for an edit, still when it was first sent. */
  at: number;
  /** Differs between any two versions of the message; opaque otherwise. */
  revision: string;
  /** The id of the message that it answers, where the platform has answers without threads. In a thread, `ref.thread` says it. */
  replyTo?: string;
  /** It mentions this adapter's own user, as people mention each other there. */
  mentionsMe: boolean;
  /**
   * What is said to this adapter's own user, as a command's text would be: set where the message begins with its name, or where nobody
   * else reads it (`alone`), as in a direct conversation. Whatever else mentions it is said about it. `prefix`: what people write there before
   * the words, where that is not the slash command; empty where nothing is needed.
   */
  toMe?: { text: string; mentions?: Mention[]; alone: boolean; prefix?: string };
  files: FileRef[];
  /**
   * It was taken away, and whoever took it has put it back: told as `message.created` once more, under an envelope's id of its own. What
   * was deleted stays deleted otherwise, in whatever order its events come.
   */
  restored?: true;
}

/** A gesture that a person made and for whose answer they wait. */
export interface Interaction {
  id: string;
  user: UserRef;
  room?: RoomRef;
  /** The message whose button was pressed, or that is itself the command: where there are threads, it is answered below that. */
  on?: MessageRef;
  /** After this the platform takes no form for it. Of a gesture that opens none, its own moment. */
  expiresAt: number;
  /** The adapter's own, to find the gesture again; the core gives it back untouched. Where there is nothing to find, the id will do. */
  handle: string;
}

/** An account that somebody picked, and the words by which it stands in a command's text or among a form's values. */
export interface Mention {
  text: string;
  who: UserRef;
}

export type ChatEvent =
  | { type: 'message.created' | 'message.edited'; message: InMessage }
  | { type: 'message.deleted'; target: MessageRef; by?: UserRef }
  | { type: 'reaction'; target: MessageRef; user: UserRef; emoji?: string; added: boolean }
  /** `user` is absent where nobody says who did it: what was unpinned meanwhile, a history does not tell of anybody. */
  | { type: 'pin'; target: MessageRef; user?: UserRef; added: boolean }
  /**
   * A person calls Muster: which words do that is the adapter's to know, and the core looks at `name` only to tell people how to write
   * it. `name` is without its slash. `prefix` is what people write before the words, where that is not a slash, the name and a space.
   * An answer that cannot go back with `ask` is said in `via.room`: to the person alone where `private` is declared, else to all.
   * `text` reads as it was typed; `mentions`, in the order of the text, are the accounts that the platform itself says were meant.
   */
  | { type: 'command'; name: string; prefix?: string; text: string; mentions?: Mention[]; via: Interaction }
  /** `message`: the one that was picked, and where it is read in a browser. */
  | { type: 'shortcut'; id: string; message?: InMessage; permalink?: string; via: Interaction }
  | { type: 'action'; id: string; value?: string; inputs: Record<string, string[]>; mentions?: Mention[]; via: Interaction }
  | {
      type: 'form';
      id: string;
      state?: string;
      values: Record<string, string[]>;
      mentions?: Mention[];
      dismissed: boolean;
      via: Interaction;
    }
  /** People and other apps; never we ourselves. */
  | { type: 'member'; room: RoomRef; user: UserRef; change: 'joined' | 'left' }
  /**
   * `left` and `entered`: this adapter's own user went out of it, or came in, and hears nothing between the two. `moved`: from now on its id
   * is `value`. `made-public`: whoever is on the platform can read it; `shared`: so can another organisation.
   */
  | {
      type: 'room';
      room: RoomRef;
      change:
        | 'created'
        | 'renamed'
        | 'topic'
        | 'archived'
        | 'unarchived'
        | 'deleted'
        | 'left'
        | 'entered'
        | 'moved'
        | 'made-public'
        | 'made-private'
        | 'shared';
      value?: string;
      by?: UserRef;
    }
  | { type: 'tenant'; tenant: string; change: 'installed' | 'removed' }
  /** The platform says that it did not tell all that happened in this time (epoch milliseconds). It is read from history. */
  | { type: 'missed'; tenant: string; from: number; to: number }
  | { type: 'home.opened'; user: UserRef }
  /** Something this adapter has not heard of: told, acknowledged, and no exception (CP9). */
  | { type: 'unknown'; name: string };

/** One event on its way in. */
export interface Envelope {
  /**
   * The same however often and over whatever transport the event comes (CP2), and in history (CP13); unique in its
   * tenant. A message's ends with `room:id`, an edit's is its message's with `:revision` after it.
   */
  id: string;
  /** Envelopes of one lane are handled one after the other, as admitted; lanes do not wait for each other (CP4). */
  lane: string;
  /** The platform's time of the event, in epoch milliseconds. */
  at: number;
  /** How often it was delivered before, as far as the platform says; 0 the first time. */
  redelivery: number;
  event: ChatEvent;
  /** What the platform sent, for finding faults. Nothing is decided by it. */
  raw?: unknown;
  /** A second name, for platforms that repeat one gesture under a new id: the same key again within the window is a repeat. */
  sameAs?: { key: string; windowMs: number };
}

/** The core's door. Calls may overlap; one lane's envelopes are stored in the order in which `admit` was called. */
export interface Inlet {
  /**
   * Resolves once every envelope is durable; only then may the adapter acknowledge to the platform (CP1). Rejects when
   * nothing was stored: do not acknowledge, do not call again, let the platform repeat it. Admitting the same id again is harmless.
   */
  admit(batch: Envelope[]): Promise<void>;

  /**
   * Admits an interaction whose answer goes back in the same breath, and resolves with that answer, or with `none` when
   * there is none within `withinMs`. One that could not be stored is answered with words that say so: show them, for
   * nobody but the person can make it again. Rejects, as `admit` does, only where nobody answers.
   */
  ask(e: Envelope, withinMs: number): Promise<Answer>;
}

/** Events that come as requests. The core mounts it at `/hooks/<instance>`. */
export interface Webhooks {
  /**
   * Verifies and decodes one request, without side effects and without waiting for anybody: no look-ups but of
   * the platform's keys, and in the order in which requests came. A request that is not the platform's comes back as a 4xx without envelopes (CP14); so does one that makes
   * no sense. One that cannot be told, because the platform's keys are away, is a 503. The same request twice gives the same envelopes. Never throws for anything that the request holds.
   */
  receive(req: HttpIn): Promise<Received>;
}

export interface Received {
  envelopes: Envelope[];
  /** What goes back once the envelopes are admitted. When they cannot be, the core answers 503 instead. */
  out: HttpOut;
  /** For an interaction that is answered in the response: `encode` makes the response from the core's answer, and cannot fail. */
  answer?: { withinMs: number; encode(a: Answer): HttpOut };
}

/**
 * A request as it came: header names in lower case, the body byte for byte, as signatures need it. The core hands over none whose
 * body is compressed (415) or larger than 1 MiB (413).
 */
export interface HttpIn {
  method: string;
  /** What follows the mount point, with its query. */
  path: string;
  headers: Record<string, string>;
  body: Uint8Array;
  now: number;
}

export interface HttpOut {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** `errors`: by field id, keeps the form open. `replace`: in place of the message whose button was pressed. `private`: to the person alone. */
export type Answer =
  | { t: 'none' }
  | { t: 'form'; form: Form }
  | { t: 'errors'; errors: Record<string, string> }
  | { t: 'replace' | 'private'; content: Content };
