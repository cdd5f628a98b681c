/**
 * `partial`: it works, and `render` tells what was lost on the way; of `room.create`, that a room whose answer was lost is not found again
 * by its key (CP12). Absent from `features` means `none`.
 */
export type Level = 'full' | 'partial' | 'none';

/**
 * What a platform can do in one room, as data. The core keeps within the limits and rates; the conformance kit derives
 * its cases from this, so what is declared and not there fails (CP9), and what is there and not declared is never used.
 */
export interface Capabilities {
  /** Changes exactly when something below does. */
  rev: string;
  features: Partial<Record<Feature, Level>>;
  /** `roots`: any message can have replies. `topics`: every message is in a named thread. */
  threads: 'none' | 'roots' | 'topics';
  limits: Limits;
  /** What the core keeps to by itself. The adapter neither counts nor waits: what the platform still refuses is `rate-limited` (CP5). */
  rates: Rate[];
  /** Whether a lost send can be found again: by our key, by its words and time alone, or not at all. */
  reconcile: 'key' | 'content' | 'none';
  /** Whether our own posts come back: as events, only when history is read, or not at all. */
  echo: 'event' | 'read-back' | 'none';
  /** Which gestures can open a form. Teams opens a dialog from a card's button only. */
  formsFrom: ('command' | 'action')[];
}

/** What the platform refuses above (CP10). A limit that is absent is not known to exist. */
export interface Limits {
  /**
   * UTF-16 code units of text in one part, as the platform counts: where it counts markup and escapes too, `render` does, and less of what
   * a person sees fits.
   */
  textChars: number;
  payloadBytes?: number;
  blocks?: number;
  buttons?: number;
  formFields?: number;
  fileBytes?: number;
  /** `allow`: the characters allowed, as the inside of a regular expression's class: `a-z0-9_-`. */
  roomName?: { max: number; allow: string };
  /** How long after it was sent a message can be edited. */
  editMs?: number;
  /** How long a message for one person alone stays. */
  privateMs?: number;
  /** The most messages that one page of history has. */
  historyPage?: number;
  /**
   * Some who run Muster are given less: so many messages in a page, and one page in so long. `whom` begins a sentence that says to whom, such
   * as "An app outside the marketplace". Said where people ask what an outage costs; each page still tells it of itself (`Page.notBefore`).
   */
  historyRation?: { messages: number; windowMs: number; whom: string };
  /** How much of a room's past can be read, where that is not all: so many messages, so long, or both (`Page.keptFrom`). */
  kept?: { messages?: number; ms?: number };
}

export interface Rate {
  op: Op | '*';
  per: 'room' | 'tenant' | 'app';
  permits: number;
  windowMs: number;
}

/**
 * `unreact`: taking a reaction back, where that is counted apart. It counts as `react` as well. `pins`: asking what is pinned
 * (`History.pins`), which does not count as `history`.
 */
export type Op = 'send' | 'edit' | 'delete' | 'react' | 'unreact' | 'private' | 'room' | 'history' | 'pins' | 'people' | 'file';

export type Feature =
  | 'card'
  | 'buttons'
  | 'selects'
  | 'inputs'
  | 'table'
  | 'edit'
  | 'delete'
  | 'react'
  | 'private'
  | 'forms'
  | 'files'
  | 'history'
  /** It tells who reacted (`Page.state.reactedBy`). `partial`: of many, some. */
  | 'history.react'
  | 'home'
  | 'mention.user'
  | 'mention.everyone'
  | 'room.create'
  | 'room.rename'
  | 'room.topic'
  | 'room.archive'
  | 'room.members'
  | 'room.pin'
  | 'room.bookmark'
  | 'event.edit'
  | 'event.delete'
  | 'event.react'
  | 'event.pin'
  | 'event.member'
  | 'event.room'
  | 'people.email';
