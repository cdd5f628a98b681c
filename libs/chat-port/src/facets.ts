import type { Content, FileRef, Form } from './content.ts';
import type { Answer, Envelope, Interaction } from './inbound.ts';
import type { MessageRef, RoomRef, UserRef } from './names.ts';
import type { Attempt, Fault, Receipt, Rendering, Send } from './outcomes.ts';

/**
 * What is said. For every call in this file that does I/O: it makes at most one call with an effect (CP5), as many that only read
 * as it needs, and ends by its signal (CP6);
 * calls may overlap, and none waits for another's room; a signal that has ended already means that nothing is sent.
 * A facet or a method that is absent is one that the platform does not have; none of them answers "not implemented".
 */
export interface Messages {
  /**
   * Pure and deterministic: the same content and room give the same bytes, without I/O and without the clock. What does
   * not fit is split into ordered parts, never cut short (CP10); what cannot be shown is told in `losses` (CP9). Never throws.
   */
  render(content: Content, room: RoomRef): Rendering;

  /**
   * Done when people can see it; `settled: false` when the platform only promises so. A second call with the same key is
   * a second message unless the platform itself knows keys: the core calls again only after `refused` or `absent`.
   */
  send(s: Send, signal: AbortSignal): Promise<Attempt<Receipt>>;

  /**
   * Looks whether this send arrived, among what was said in its room or thread since `since` (epoch milliseconds, the core's
   * clock). The platform's clock may be another, so it begins a minute before. `absent` only after looking at everything since
   * then, page after page; anything short of that is `cannot-tell` (CP3), also when the platform does not keep its past for so
   * long. Changes nothing. Absent where capabilities say `reconcile: 'none'`.
   */
  reconcile?(s: Send, since: number, signal: AbortSignal): Promise<{ found: Receipt } | 'absent' | 'cannot-tell'>;

  /**
   * Replaces what a message of ours says. It keeps the key that it was sent with, by which it is known (CP7); `s.key` names this
   * change, for platforms that know keys of changes. Again with the same part changes nothing that people see.
   */
  edit?(m: MessageRef, s: Omit<Send, 'room'>, signal: AbortSignal): Promise<Attempt<Receipt>>;

  /** Takes a message of ours away. One that is gone already is `refused / not-found`. */
  remove?(m: MessageRef, signal: AbortSignal): Promise<Attempt<void>>;

  /** Our own reaction, on or off. Again is `done`. */
  react?(m: MessageRef, emoji: string, on: boolean, signal: AbortSignal): Promise<Attempt<void>>;
}

export interface RoomSpec {
  /**
   * Ours: at most one room has it (CP12). At most 64 characters, `a`–`z`, `0`–`9` and `-`. In a name that has to be shorter, its hash
   * serves as well. To look for it is to compare all of it: one key may begin like another.
   */
  key: string;
  /** As people would say it; the adapter maps it to what the platform allows. */
  name: string;
  private: boolean;
  topic?: string;
  members: UserRef[];
}

export interface Room {
  ref: RoomRef;
  /** As it is on the platform. */
  name: string;
  topic?: string;
  archived: boolean;
  permalink?: string;
  /** The key it was created with, where the platform keeps it. */
  key?: string;
  /** After `create` or `change`: who was to be in it and could not be brought in. The rest of the change was made. */
  uninvited?: readonly { readonly user: UserRef; readonly fault: Fault }[];
}

/** What is absent stays as it is. */
export interface RoomChange {
  name?: string;
  topic?: string;
  archived?: boolean;
  invite?: UserRef[];
  remove?: UserRef[];
  pin?: MessageRef;
  unpin?: MessageRef;
  bookmark?: { title: string; href: string };
}

export interface Rooms {
  /**
   * With a key that a room has already, also one that is being created at this moment: that room, unchanged. A name that
   * is taken, illegal or too long is mapped to one that is not (CP12).
   */
  create(spec: RoomSpec, signal: AbortSignal): Promise<Attempt<Room>>;

  /** `done` with null when there is no such room, or none that we may see. */
  get(room: RoomRef, signal: AbortSignal): Promise<Attempt<Room | null>>;

  /**
   * Makes the room so; what is so already is `done`. Several changes may be several calls of the platform: the first that
   * fails ends it, and the same change again is safe. People who cannot be invited are no failure: `uninvited` names them.
   */
  change(room: RoomRef, to: RoomChange, signal: AbortSignal): Promise<Attempt<Room>>;
}

export interface Profile {
  ref: UserRef;
  name: string;
  handle?: string;
  /** `verified`: the platform vouches that the address is this person's. Accounts are joined only by verified ones. */
  email?: { address: string; verified: boolean };
  idp?: string;
  bot: boolean;
  active: boolean;
  tz?: string;
}

export interface People {
  /** `done` with an empty list when nobody fits. */
  find(by: { email: string } | { handle: string } | { id: string }, tenant: string, signal: AbortSignal): Promise<Attempt<Profile[]>>;

  /**
   * What a group or a room is called that a message mentions by its id, without the sign before it. Null where there is none, or where
   * not everybody on the platform may read it: a private room's name says what it is about.
   */
  called?(what: { group: string } | { room: RoomRef }, tenant: string, signal: AbortSignal): Promise<Attempt<string | null>>;

  /**
   * Where `messages.send` reaches this person and nobody else, opened where the platform has to be asked for it; again, the same.
   * It is for telling somebody something, not for an incident: nothing is read back there. `refused / not-found` when there is no such
   * person, or none that may be written to; where only the answer to a send tells that, the send is refused so. Nobody sees anything of it
   * before something is sent.
   */
  direct?(user: UserRef, signal: AbortSignal): Promise<Attempt<RoomRef>>;
}

/** One reaction to a message, and whose it is. */
export interface Reacted {
  /** As a live event names it. */
  emoji: string;
  /** People and other apps, never we ourselves: our own stands for people who are elsewhere. */
  users: UserRef[];
  /** There are others, whom the platform does not name: who is not among `users` may have given it all the same. */
  more?: true;
}

export interface Pinned {
  message: MessageRef;
  /** Absent where the platform does not say who pinned it, and where it was we. */
  by?: UserRef;
}

/** A stretch of a room's past. */
export interface Page {
  /**
   * Messages and edits, as the events they were (CP13), in the order in which they were said; there may be none, also when more
   * follow. An edited message stands here twice, as `message.created` and then as its latest edit. Of platforms that do not keep
   * what it said first, both have the content and the revision of now.
   */
  envelopes: Envelope[];
  /**
   * What has no time of its own any more, by message id; `pins` are message ids. The core compares them as sets. `reactedBy` tells who
   * gave the reactions, of every message of this page: one that is not in it has none. Absent where the platform does not say who.
   */
  state?: { reactions: Record<string, string[]>; pins: string[]; reactedBy?: Record<string, Reacted[]> };
  /** Where the next page begins; set unless `complete`. Good for a while, also after more was said. */
  cursor?: string;
  complete: boolean;
  /**
   * What was said in the room before this moment (epoch milliseconds) the platform does not have any more, or does not show;
   * everything since then is there. Set by one page of a query at least where it asked for more: the core then tells people what
   * could not be read, and takes nothing that is older for lost. Where only "there was more" is known, the millisecond after the
   * oldest message that is there.
   */
  keptFrom?: number;
  /** The platform's limits allow the next page from this moment on (epoch milliseconds). */
  notBefore?: number;
}

export interface HistoryQuery {
  room: RoomRef;
  /** Only this thread. Without it, replies may be left out where the platform keeps them apart. */
  thread?: string;
  /** From this moment on, itself included (epoch milliseconds). */
  after?: number;
  /** Up to this moment, itself not included. */
  before?: number;
  cursor?: string;
  /** How many messages a page may hold at most, an edited one counted once. Fewer are fine. */
  limit: number;
}

export interface History {
  /**
   * One page. Pages may run forwards or backwards in time; together they neither overlap nor leave gaps, also while people talk.
   * `refused` and `unknown` are the same to the core when something is only read: it asks again, by the fault.
   */
  page(q: HistoryQuery, signal: AbortSignal): Promise<Attempt<Page>>;

  /**
   * All that is pinned in the room now, however old it is: a message that is not there is not pinned. Absent where the platform does not
   * tell; `Page.state.pins` then has those that a page met.
   */
  pins?(room: RoomRef, signal: AbortSignal): Promise<Attempt<Pinned[]>>;
}

/** For platforms on which a form is opened by a call. Where it is the answer to a request, `Received.answer` has it and this is absent. */
export interface Forms {
  /** Once per interaction and before it expires; after that `refused / closed`, scope `message`. */
  open(via: Interaction, form: Form, signal: AbortSignal): Promise<Attempt<void>>;
}

/** For platforms that take an answer to a gesture for a while after they stopped waiting for it. */
export interface Answers {
  /**
   * Shown as it would have been in time: to the person alone, or in place of what was pressed. `refused / closed`, scope
   * `message`, when this gesture has no such way, or has it no longer.
   */
  give(via: Interaction, answer: Extract<Answer, { t: 'replace' | 'private' }>, signal: AbortSignal): Promise<Attempt<void>>;
}

/** Bytes, both ways. What a message has is named in `InMessage.files`, and what one is to show stands as a block in its content. */
export interface Files {
  /**
   * The bytes of a file that a message of this room came with. They are handed over as they come, never held whole; however many the
   * platform said that there are, the core stops reading when it has enough. The signal ends the reading too: the iterable then throws, as it does when they
   * break off. Asked again, it reads them again.
   *
   * `refused` is for good but for the codes that are for now: `not-found` when it was deleted, `forbidden` with the remedy when a
   * permission is missing, `unsupported` when the platform itself has only a link to it. A page to sign in at is no file: `forbidden`. Credentials go to
   * addresses of the platform and to no other, and no redirect is followed with them.
   */
  open(room: RoomRef, file: FileRef, signal: AbortSignal): Promise<Attempt<AsyncIterable<Uint8Array>>>;

  /** What the platform knows of a file that is `untold`. Absent where messages always tell. Refuses as `open` does. */
  look?(room: RoomRef, file: FileRef, signal: AbortSignal): Promise<Attempt<FileRef>>;

  /**
   * Brings a file to the platform, where nobody sees it until a message that shows it is sent: the `FileRef` that comes back stands in that
   * message's content, in a block `file` or `image`. `alt`: what a picture shows. `key` is the one which that message is sent with. Again, it is another file that nobody sees: so what is `unknown` is
   * simply done again. The bytes are read at most once, so another attempt needs them anew. `limits.fileBytes` is the most that is taken. Not called where `features.files` is `none`: such a room's files are only opened.
   */
  put(
    room: RoomRef,
    key: string,
    bytes: AsyncIterable<Uint8Array>,
    meta: Pick<FileRef, 'name' | 'mime' | 'bytes'> & { readonly alt?: string },
    signal: AbortSignal,
  ): Promise<Attempt<FileRef>>;

  /** Takes a file of ours away for good, where the platform keeps files apart from the messages that show them. One that is gone is `done`. */
  remove?(room: RoomRef, file: FileRef, signal: AbortSignal): Promise<Attempt<void>>;
}

export interface Home {
  /** Replaces what the person's page with us shows. */
  publish(user: UserRef, content: Content, signal: AbortSignal): Promise<Attempt<void>>;
}

/** Trouble that a platform admits to. */
export interface AdmittedTrouble {
  /** One line, in the platform's own words. */
  title: string;
  /** Where a person reads on. */
  href?: string;
}

/**
 * What the platform says in public of how it is. The core asks about once a minute: a bare GET with nothing of ours in it, of whose answer it
 * reads 256 KiB and follows no redirect. It explains trouble that the core sees itself, and decides nothing. Absent where the platform says nothing in
 * public, and where the configuration does not want it asked.
 */
export interface StatusFeed {
  /** https, or http on this machine. At once and without I/O. */
  address(): string;

  /**
   * What is wrong by this answer with what we need of the platform, the worst first; empty when nothing is. Null for what is no answer of the
   * platform, whatever it is: half an answer is no all-clear. Pure; never throws.
   */
  read(body: string): AdmittedTrouble[] | null;
}
