import type { AdapterContext } from '@musterhq/chat-port';
import { placeOf } from './conversations.ts';
import { isPerson, mentionedIn } from './inbound/mentions-in.ts';
import { type Wire, stringOf, wireOf } from '#libs/wire/wire';

const KEPT_MS = 90 * 86_400_000;
const MOST_IN_MEMORY = 10_000;

/**
 * In which conversation people were met last: Teams says who somebody is only to who names one that they are in. Losing it does no
 * harm: who speaks again is met again.
 */
export class Whereabouts {
  private readonly noted = new Map<string, string>();

  constructor(private readonly kv: AdapterContext['kv']) {}

  /** Whoever did this, and whom they called by name. Begins, and returns at once: what comes after it is not held up. */
  note(activity: Wire): void {
    const conversation = stringOf(wireOf(activity.conversation).id);
    if (conversation === undefined) return;
    const { room } = placeOf(conversation);
    for (const user of [stringOf(wireOf(activity.from).id), ...mentionedIn(activity)])
      if (user !== undefined && isPerson(user)) this.keep(user, room);
  }

  async of(user: string): Promise<string | null> {
    return this.noted.get(user) ?? (await this.kv.get(keyOf(user)).catch(() => null));
  }

  private keep(user: string, room: string): void {
    if (this.noted.get(user) === room) return;
    if (this.noted.size >= MOST_IN_MEMORY) this.noted.clear();
    this.noted.set(user, room);
    void this.kv.set(keyOf(user), room, KEPT_MS).catch(() => undefined);
  }
}

const keyOf = (user: string): string => `met:${user}`;
