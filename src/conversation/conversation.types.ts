import type { ChatEvent, Content, Form, InMessage, RoomRef, UserRef } from '@musterhq/chat-port';
import type { Tx } from '#src/platform/database/database';
import type { ActorFact } from '#src/platform/log/event.types';
import type { Actor, PersonId } from '#src/people/people.types';

/** What a person did in a chat, who waits for its answer. */
export type InteractionEvent = Extract<ChatEvent, { type: 'command' | 'action' | 'form' | 'shortcut' }>;

/** "/incident status fixing", in the war room too: who knows the words of a chat need not learn others here. */
export const SLASH_COMMAND = 'incident';

/** Said in a message: there is no way back to it but a line for that person, and it opens no form. */
export const isSpoken = ({ via }: InteractionEvent): boolean => via.handle === '';

/** Somebody who was named by their account, and the words by which they stand in a call's text or values. */
export interface Named {
  readonly text: string;
  readonly person: ActorFact;
}

/** What a person asked for, from any chat or from the war room: the same call everywhere. */
export interface Call {
  readonly tx: Tx;
  readonly by: Actor;
  /** The incident whose room this was said in, if it was said in one. */
  readonly incidentId: string | null;
  /** Unique for ever: the same id again is the same request. */
  readonly requestId: string;
  /** What people write before a verb on this surface: "/incident " in a chat, "/" in the war room. */
  readonly prefix: string;
  /** What follows the verb, trimmed. */
  readonly text: string;
  /** Fields of a form that was filled in; empty otherwise. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly mentions: readonly Named[];
  /** Whether the answer can have buttons. */
  readonly buttons: boolean;
}

/** What the person alone is told. `seq` is the room's number of what was done, if anything was. */
export interface Reply {
  readonly say: Content;
  readonly seq: number | null;
  /** The incident that was made by it. */
  readonly incidentId?: string;
}

/** One thing that can be asked for. Capabilities register theirs; the words are the same on every surface. */
export interface Verb {
  readonly name: string;
  /** Other words for it, in exactly these letters. */
  readonly aliases?: readonly string[];
  /** What to write, without a slash, what is to be replaced in angle brackets: "resolve <one sentence: …>". */
  readonly usage: string;
  /** What that does, as the end of a sentence: "takes the lead". Shown behind the usage. */
  readonly help: string;
  /** True when it can only be said in an incident's room. */
  readonly inRoom: boolean;
  /** It is about a person, who may be named by a handle of their chat. `who-can`: one who can do something, so no app, and nobody who left. */
  readonly ofSomebody?: 'who-can' | 'anybody';
  /**
   * What becomes of it when it is heard too late to be done blindly. `answer`: it only reads, so it is answered as always. `tell`: it is
   * about whoever asks alone, so they are told to ask again. Otherwise it is offered in its room, if it is for one.
   */
  readonly late?: 'answer' | 'tell';
  /** True when its answer tells what this person may see and others beside them may not; where that depends on what is asked, of which. */
  readonly forThemAlone?: boolean | ((text: string) => boolean);
  /** The form that asks for what is missing, in this incident's room if it is one; null when nothing is. Reads only. */
  form?(text: string, incidentId: string | null): Form | null | Promise<Form | null>;
  run(call: Call): Promise<Reply>;
}

/** Which incident is spoken of, as things are now. Rooms know; conversation only asks. */
export interface Subjects {
  /** Until the transaction ends, nobody else changes the incident, nor who sees it. */
  hold(tx: Tx, incidentId: string): Promise<void>;
  /** The one that a chat's room mirrors, for somebody in that room; null where it is not theirs to hear of. */
  ofRoom(tx: Tx, room: RoomRef, person: PersonId): Promise<string | null>;
  /** Whether they may see it, wherever they are. */
  maySee(tx: Tx, incidentId: string, person: PersonId): Promise<boolean>;
  /** Those that are open and that somebody of this chat may see, the latest first; so many as a form shows. */
  open(tx: Tx, user: UserRef, instance: string): Promise<{ id: string; reference: string; title: string }[]>;
}

/** A line that was asked for too late: `mentions` are those whom an "@Name" in it means. */
export interface Offer {
  readonly text: string;
  readonly mentions: readonly ActorFact[];
  readonly askedAt: Date;
}

/** As a room's log has it. */
export interface Offered {
  readonly offer: Offer;
  readonly askedBy: ActorFact | null;
  /** By whom, when somebody did; the number of that in the log. */
  readonly applied: { readonly seq: number; readonly by: ActorFact | null } | null;
}

/** What rooms keep of it; conversation only asks. All while the incident is held. */
export interface Offers {
  add(tx: Tx, incidentId: string, id: string, offer: Offer, by: Actor): Promise<void>;
  find(tx: Tx, incidentId: string, id: string): Promise<Offered>;
  /** The number of what this very request did before. */
  appliedBefore(tx: Tx, incidentId: string, requestId: string, offerId: string): Promise<number | null>;
  apply(tx: Tx, incidentId: string, requestId: string, offerId: string, offered: Offered, by: Actor): Promise<number>;
}

/** A message of a chat that somebody picked there. */
export interface Picked {
  readonly message: InMessage;
  readonly by: UserRef;
  readonly permalink?: string;
}

/** Keeps picked messages as evidence. Rooms know how; conversation only asks. */
export interface Keeper {
  /** What it says, with people by their names. Asks the chat for those: outside a transaction. */
  prepare(picked: Picked): Promise<string>;
  /** On the timeline of the incident: the message itself where it was said in its room, else quoted there. */
  keep(tx: Tx, to: { incidentId: string; by: Actor; requestId: string }, picked: Picked): Promise<Reply>;
}
