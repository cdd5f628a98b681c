import type { Content, FileRef, Form } from './content.ts';
import type { MessageRef, Origin, RoomRef, UserRef } from './names.ts';

export interface InMessage {
  ref: MessageRef;
  author: UserRef;
  origin: Origin;
  key?: string /* ours, when origin is self */;
  content: Content;
  at: number;
  revision: string;
  replyTo?: string;
  mentionsMe: boolean;
  files: FileRef[];
}
export interface Interaction {
  id: string;
  user: UserRef;
  room?: RoomRef;
  on?: MessageRef;
  expiresAt: number;
  handle: string;
} // handle: the adapter's own
export type ChatEvent =
  | { type: 'message.created' | 'message.edited'; message: InMessage }
  | { type: 'message.deleted'; target: MessageRef; by?: UserRef }
  | { type: 'reaction' | 'pin'; target: MessageRef; user: UserRef; emoji?: string; added: boolean }
  | { type: 'command'; name: string; text: string; via: Interaction }
  | { type: 'shortcut'; id: string; message?: InMessage; via: Interaction }
  | { type: 'action'; id: string; value?: string; inputs: Record<string, string[]>; via: Interaction }
  | { type: 'form'; id: string; state?: string; values: Record<string, string[]>; dismissed: boolean; via: Interaction }
  | { type: 'member'; room: RoomRef; user: UserRef; change: 'joined' | 'left' }
  | {
      type: 'room';
      room: RoomRef;
      change: 'created' | 'renamed' | 'topic' | 'archived' | 'unarchived' | 'deleted';
      value?: string;
      by?: UserRef;
    }
  | { type: 'tenant'; tenant: string; change: 'installed' | 'removed' }
  | { type: 'home.opened'; user: UserRef }
  | { type: 'unknown'; name: string };
export interface Envelope {
  id: string;
  lane: string;
  at: number;
  redelivery: number;
  event: ChatEvent;
  raw?: unknown; // id: see CP2, CP13
  sameAs?: { key: string; windowMs: number };
} // a second name, for platforms that repeat a gesture under a new id
export interface Inlet {
  admit(batch: Envelope[]): Promise<void>; // resolves once durable; only then may the adapter acknowledge
  ask(e: Envelope, withinMs: number): Promise<Answer>;
} // an interaction whose answer goes back in the same breath (sockets)
export interface Webhooks {
  receive(req: HttpIn): Promise<Received>;
} // verify + decode; no side effect; refused: 4xx and no envelopes. Mounted at /hooks/<instance>
export interface Received {
  envelopes: Envelope[];
  out: HttpOut;
  answer?: { withinMs: number; encode(a: Answer): HttpOut };
}
export interface HttpIn {
  method: string;
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
export type Answer =
  | { t: 'none' }
  | { t: 'form'; form: Form }
  | { t: 'errors'; errors: Record<string, string> }
  | { t: 'replace' | 'private'; content: Content };
