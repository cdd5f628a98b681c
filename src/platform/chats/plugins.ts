import type { AdapterPlugin } from '@musterhq/chat-port';

export type PretendPersonName = 'you' | 'mia' | 'bo';

/** A pretend chat, started for practice. It is one more tenant, marked pretend, and it can be broken on purpose. */
export interface PretendChat {
  /** What people call it. */
  readonly name: string;
  readonly port: number;
  readonly tenant: string;
  /** How the adapter reaches it. */
  readonly instance: { readonly config: unknown; readonly secrets: Record<string, string> };
  /** The native id of the person who practises, so that they are themselves on both sides. */
  readonly you: string;
  /** What follows the pretend chat's own address to show this room as the person who practises sees it. */
  page(room: string | null): string;
  /** Where the chat sends what happens in it. */
  hearAt(url: string): Promise<void>;
  /** The room in which colleagues talk before there is an incident. */
  readonly lobby: string;
  join(person: PretendPersonName, room: string): Promise<void>;
  say(person: PretendPersonName, room: string, text: string): Promise<void>;
  command(person: PretendPersonName, room: string, text: string): Promise<void>;
  /** Presses the first button of the newest post that has one. False when there is none. */
  press(person: PretendPersonName, room: string): Promise<boolean>;
  /** Nothing reaches the app any more; people go on writing. */
  breakEvents(): void;
  heal(): void;
  /** What people see in the room now, oldest first, without what only one of them sees. */
  shown(room: string): readonly ShownMessage[];
  /** Gestures that the app never heard of, and never will. */
  lost(): readonly LostGesture[];
  close(): Promise<void>;
}

export interface LostGesture {
  readonly kind: 'press' | 'command' | 'form';
  /** Whose it was, as people call them. */
  readonly who: string;
  readonly isYou: boolean;
  /** What stands on the button, or the command as it was written. Empty for a form. */
  readonly what: string;
}

export interface ShownMessage {
  readonly id: string;
  readonly text: string;
  /** Written by a person in the chat, not by an app and not by the chat itself. */
  readonly byPerson: boolean;
  /** Our delivery's key, when we wrote it. */
  readonly key: string | null;
}

/** What composition says of one platform, in one line. */
export interface ChatPlatform {
  readonly plugin: AdapterPlugin;
  /** Its settings from the environment, or everything that is wrong with them. */
  readonly fromEnvironment: (env: Readonly<Record<string, string | undefined>>) => FromEnvironment;
  readonly pretend?: () => Promise<PretendChat>;
}

export type FromEnvironment =
  { readonly config: unknown; readonly secrets: Readonly<Record<string, string>> } | { readonly problems: readonly string[] };

/** Loaded after the process listens: an SDK takes half a second to load, and the room must not wait for it. */
export type LoadPlatforms = () => Promise<readonly ChatPlatform[]>;

export const CHAT_PLATFORMS = Symbol('ChatPlatforms');
