import type { ChatEvent } from '@musterhq/chat-port';
import type { FakeAuthor, FakeMessage, FakeRoom } from './world.ts';
import type { FakeBody } from './render.ts';

/** What the fake chat sends when something happens: plain JSON, the same by socket and by webhook. */
export interface Happening {
  /** Unique in this chat, and the same each time it is told. */
  readonly serial: number;
  readonly at: number;
  /** 0 the first time. */
  readonly redelivery: number;
  readonly what: What;
}

export interface WireMessage {
  readonly room: string;
  readonly number: number;
  readonly thread?: number;
  readonly from: FakeAuthor;
  /** Nobody but its author and us reads it. */
  readonly alone?: boolean;
  readonly at: number;
  readonly key?: string;
  readonly body: FakeBody;
  readonly revision: number;
}

type RoomChange = Extract<ChatEvent, { type: 'room' }>['change'];

/** A click or a command: the gesture's id opens one form, until it expires. */
export interface Gesture {
  readonly gesture: string;
  readonly by: string;
  readonly expiresAt: number;
}

export type What =
  | { readonly kind: 'posted' | 'edited'; readonly message: WireMessage }
  | { readonly kind: 'removed'; readonly room: string; readonly number: number; readonly thread?: number; readonly by: string }
  | {
      readonly kind: 'reacted' | 'pinned';
      readonly room: string;
      readonly number: number;
      readonly thread?: number;
      readonly by: string;
      readonly emoji?: string;
      readonly on: boolean;
    }
  | { readonly kind: 'home'; readonly by: string }
  | ({ readonly kind: 'commanded'; readonly room: string; readonly name: string; readonly text: string } & Gesture)
  | ({
      readonly kind: 'pressed';
      readonly room: string;
      readonly number: number;
      readonly thread?: number;
      readonly action: string;
      readonly value?: string;
    } & Gesture)
  | ({
      readonly kind: 'submitted';
      readonly form: string;
      readonly state?: string;
      readonly values: Record<string, string[]>;
      readonly dismissed: boolean;
    } & Gesture)
  | { readonly kind: 'member'; readonly room: string; readonly by: string; readonly change: 'joined' | 'left' }
  | {
      readonly kind: 'room';
      readonly room: string;
      readonly change: Exclude<RoomChange, 'deleted'>;
      readonly value?: string;
      readonly by: string;
    }
  /** It dropped what it should have told in this time. */
  | { readonly kind: 'dropped'; readonly from: number; readonly to: number }
  | { readonly kind: 'other'; readonly name: string };

export const wireMessage = (m: FakeMessage, { alone }: Pick<FakeRoom, 'alone'> = {}): WireMessage => ({
  room: m.room,
  number: m.number,
  ...(m.thread !== undefined && { thread: m.thread }),
  from: m.author,
  ...(alone !== undefined && { alone: true }),
  at: m.at,
  ...(m.key !== undefined && { key: m.key }),
  body: m.body,
  revision: m.revision,
});
