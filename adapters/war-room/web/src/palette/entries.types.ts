import type { IncidentView } from '#libs/war-room-protocol/views';
import type { ForOthers } from '../store/may-here.ts';
import type { RoomState } from '../store/room-state.ts';

/** What becomes of an entry that is taken. */
export type Act =
  | { readonly is: 'change'; readonly change: string }
  /** Into the palette's own box, to go on from there. */
  | { readonly is: 'write'; readonly words: string }
  | { readonly is: 'send'; readonly text: string }
  | { readonly is: 'open'; readonly dialog: 'declare' | 'help' }
  | { readonly is: 'go'; readonly to: string }
  /** Of a page that the server makes. */
  | { readonly is: 'leave'; readonly to: string }
  | { readonly is: 'message-box' | 'messages' | 'times' };

export interface Entry {
  readonly says: string;
  /** How the same is written in the room, and in every chat after Muster's name. */
  readonly command?: string;
  readonly then?: string;
  /** The key that does the same without the palette. */
  readonly key?: string;
  readonly act: Act;
}

export interface Group {
  readonly name: string;
  readonly entries: readonly Entry[];
}

export interface Around {
  readonly room: RoomState | null;
  readonly may: (action: ForOthers) => boolean;
  /** The incidents that go on, as far as they are known. */
  readonly open: readonly IncidentView[];
  readonly mayDeclare: boolean;
}
