import type { AdapterContext } from '@musterhq/chat-port';
import type { Chat } from './chats.ts';

/** A chat that was made for a key, and whether the app is in it and everybody was brought in. */
export interface MadeChat extends Chat {
  readonly madeAt: number;
  readonly isReady: boolean;
}

export const AWAY = Symbol('nobody can say what was made');

/** Which chat was made for which room of ours: Graph does not tell an app which chats there are. */
export class MadeChats {
  constructor(private readonly ctx: Pick<AdapterContext, 'kv' | 'log'>) {}

  async of(key: string): Promise<MadeChat | null | typeof AWAY> {
    try {
      return JSON.parse((await this.ctx.kv.get(nameOf(key))) ?? 'null') as MadeChat | null;
    } catch {
      return AWAY;
    }
  }

  /** False where it will not be known again. */
  async keep(key: string, chat: MadeChat): Promise<boolean> {
    try {
      await this.ctx.kv.set(nameOf(key), JSON.stringify(chat));
      return true;
    } catch (error) {
      this.ctx.log.warn({ error }, 'the chat of an incident could not be remembered');
      return false;
    }
  }
}

const nameOf = (key: string): string => `chat:${key}`;
