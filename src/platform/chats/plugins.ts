import type { AdapterPlugin } from '@musterhq/chat-port';

/** A pretend chat, started for practice. It is one more tenant, marked pretend, and it can be broken on purpose. */
export interface PretendChat {
  readonly port: number;
  /** The page a person sees, relative to the pretend chat's own address. */
  readonly page: string;
  readonly tenant: string;
  /** How the adapter reaches it. */
  readonly instance: { readonly config: unknown; readonly secrets: Record<string, string> };
  hearAt(url: string): void;
  roomOf(name: string): string | null;
  say(person: 'you' | 'colleague' | 'other', room: string, text: string): Promise<void>;
  /** Presses the first button of the newest card; what an app that does not answer makes people see. */
  press(person: 'you' | 'colleague' | 'other', room: string): Promise<void>;
  /** Events stop; people go on writing. */
  breakEvents(): void;
  heal(): void;
  /** What people see in the room now, oldest first. */
  shown(room: string): readonly ShownMessage[];
  lostPresses(): number;
  close(): Promise<void>;
}

export interface ShownMessage {
  readonly id: string;
  readonly text: string;
  /** Our delivery's key, when we wrote it. */
  readonly key: string | null;
}

/** What composition says of one platform, in one line. */
export interface ChatPlatform {
  readonly plugin: AdapterPlugin;
  /** Settings from the environment: null when it is not meant to run, or what is wrong with them. */
  readonly fromEnvironment: (env: Readonly<Record<string, string | undefined>>) => FromEnvironment;
  readonly pretend?: () => Promise<PretendChat>;
}

export type FromEnvironment = { readonly config: unknown; readonly secrets: Record<string, string> } | { readonly problems: readonly string[] };

/** Loaded after the process listens: an SDK takes half a second to load, and the room must not wait for it. */
export type LoadPlatforms = () => Promise<readonly ChatPlatform[]>;

export const CHAT_PLATFORMS = Symbol('ChatPlatforms');
