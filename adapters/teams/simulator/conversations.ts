import type { Attached } from './attached.ts';

/** A message as Teams keeps it: numbered by the moment it was taken, within its conversation. */
export interface KeptMessage {
  readonly id: string;
  readonly room: string;
  /** The number of the thread's first message; its own, for that one. Chats have none. */
  readonly thread?: string;
  readonly from: 'us' | 'person';
  /** The person. */
  readonly by?: string;
  /** What they typed. */
  readonly text?: string;
  /** Whom they called by name before it. */
  readonly calls?: string;
  readonly editedAt?: number;
  readonly removedAt?: number;
  /** Who reacts to it now: a word for the first six, and the sign itself for others. */
  readonly reactions?: readonly { readonly by: string; readonly type: string }[];
  /** What came with the words. */
  readonly attached?: readonly Attached[];
  /** What a bot sent. */
  activity?: Readonly<Record<string, unknown>>;
}

export interface Conversation {
  readonly id: string;
  readonly kind: 'channel' | 'groupChat' | 'personal';
  readonly messages: KeptMessage[];
  /** What was said and taken away: Graph goes on telling that there was something. */
  readonly removed: KeptMessage[];
  /** Those who are in it, by their names in this pretend Teams. */
  readonly members: Set<string>;
  archived: boolean;
  /** The app is not in it: it neither hears nor speaks there. */
  isWithoutApp?: boolean;
}

/** Channels and chats that the app was added to, and what was said in them. */
export class Conversations {
  private readonly all = new Map<string, Conversation>();

  constructor(private readonly now: () => number) {}

  add(name: string, kind: Conversation['kind']): Conversation {
    const suffix = kind === 'channel' ? 'thread.tacv2' : 'thread.v2';
    const conversation: Conversation = {
      id: kind === 'personal' ? `a:1${name}` : `19:${name}${this.all.size + 1}@${suffix}`,
      kind,
      messages: [],
      removed: [],
      members: new Set(),
      archived: false,
    };
    this.all.set(conversation.id, conversation);
    return conversation;
  }

  /** Of this person with the app: one, however often it is asked for. */
  personalOf(name: string): Conversation {
    const conversation = this.find(`a:1${name}`) ?? this.add(name, 'personal');
    conversation.members.add(name);
    return conversation;
  }

  find(id: string): Conversation | undefined {
    return this.all.get(id);
  }

  of(id: string): Conversation {
    const conversation = this.find(id);
    if (!conversation) throw new Error(`There is no conversation ${id}`);
    return conversation;
  }

  /** All that came with what people said. */
  attached(): Attached[] {
    return [...this.all.values()].flatMap(({ messages }) => messages.flatMap(({ attached = [] }) => attached));
  }

  /** Two messages of one conversation have never one number; those of two may. */
  keep(room: string, message: Omit<KeptMessage, 'id' | 'room' | 'thread'>, thread?: string, number?: string): KeptMessage {
    const { messages, kind } = this.of(room);
    const id = number ?? String(Math.max(this.now(), Number(messages.at(-1)?.id ?? 0) + 1));
    const kept = { ...message, id, room, ...(kind === 'channel' && { thread: thread ?? id }) };
    messages.push(kept);
    return kept;
  }
}
