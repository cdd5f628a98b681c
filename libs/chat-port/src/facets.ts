import type { Capabilities } from './capabilities.ts';
import type { Content, FileRef, Form } from './content.ts';
import type { Envelope, Interaction } from './inbound.ts';
import type { MessageRef, RoomRef, UserRef } from './names.ts';
import type { Attempt, Receipt, Rendering, Send } from './outcomes.ts';

export interface Messages {
  // every call that does I/O takes a signal and returns an Attempt
  render(content: Content, room: RoomRef): Rendering; // pure and deterministic: same input, same bytes
  send(s: Send, signal: AbortSignal): Promise<Attempt<Receipt>>;
  reconcile?(s: Send, since: number, signal: AbortSignal): Promise<{ found: Receipt } | 'absent' | 'cannot-tell'>;
  edit?(m: MessageRef, s: Omit<Send, 'room'>, signal: AbortSignal): Promise<Attempt<Receipt>>;
  remove?(m: MessageRef, signal: AbortSignal): Promise<Attempt<void>>;
  react?(m: MessageRef, emoji: string, on: boolean, signal: AbortSignal): Promise<Attempt<void>>;
}
export interface RoomSpec {
  key: string;
  name: string;
  private: boolean;
  topic?: string;
  members: UserRef[];
}
export interface Room {
  ref: RoomRef;
  name: string;
  topic?: string;
  archived: boolean;
  permalink?: string;
  key?: string;
}
export interface RoomChange {
  name?: string;
  topic?: string;
  archived?: boolean;
  invite?: UserRef[];
  remove?: UserRef[];
  pin?: MessageRef;
  unpin?: MessageRef;
  bookmark?: { title: string; href: string };
} // the outcome says per user who could not be invited
export interface Rooms {
  create(spec: RoomSpec, signal: AbortSignal): Promise<Attempt<Room>>; // same key twice: same room
  get(room: RoomRef, signal: AbortSignal): Promise<Attempt<Room | null>>;
  change(room: RoomRef, to: RoomChange, signal: AbortSignal): Promise<Attempt<Room>>;
}
export interface Profile {
  ref: UserRef;
  name: string;
  handle?: string;
  email?: { address: string; verified: boolean };
  idp?: string;
  bot: boolean;
  active: boolean;
  tz?: string;
}
export interface People {
  find(by: { email: string } | { handle: string } | { id: string }, tenant: string, signal: AbortSignal): Promise<Attempt<Profile[]>>;
}
export interface Page {
  envelopes: Envelope[];
  state?: { reactions: Record<string, string[]>; pins: string[] };
  cursor?: string;
  complete: boolean;
  notBefore?: number;
}
export interface History {
  page(
    q: { room: RoomRef; thread?: string; after?: number; before?: number; cursor?: string; limit: number },
    signal: AbortSignal,
  ): Promise<Attempt<Page>>;
}
export interface Forms {
  open(via: Interaction, form: Form, signal: AbortSignal): Promise<Attempt<void>>;
}
export interface Files {
  open(f: FileRef, signal: AbortSignal): Promise<Attempt<AsyncIterable<Uint8Array>>>;
  put(
    room: RoomRef,
    key: string,
    bytes: AsyncIterable<Uint8Array>,
    meta: Omit<FileRef, 'id'>,
    signal: AbortSignal,
  ): Promise<Attempt<FileRef>>;
}
export interface Home {
  publish(user: UserRef, content: Content, signal: AbortSignal): Promise<Attempt<void>>;
}
