import { ChatTrouble } from './chat-trouble.ts';

const FIRST_MS = 5_000;
const LONGEST_MS = 5 * 60_000;
const ENDS_BEFORE_OFF = 3;
const WITHIN_MS = 10 * 60_000;

/** Why a chat does not run in this process. */
export interface Trouble {
  readonly instance: string;
  readonly say: string;
  readonly detail: string | null;
  readonly isOff: boolean;
  readonly since: Date;
}

interface Past {
  readonly trouble: Trouble | null;
  readonly notMade: number;
  readonly ends: readonly number[];
  readonly tryAt: number;
}

const CLEAN: Past = { trouble: null, notMade: 0, ends: [], tryAt: 0 };

/**
 * Which chats do not run, why, and when each is tried again: one that cannot be made after 5 seconds, then seldomer, up to
 * five minutes. One that ended by itself three times within ten minutes is off until its settings change or Muster starts again.
 */
export class Troubles {
  private readonly past = new Map<string, Past>();

  mayTry(instance: string, now: number): boolean {
    const { trouble, tryAt } = this.of(instance);
    return !trouble?.isOff && now >= tryAt;
  }

  notMade(instance: string, error: unknown, now: number): Trouble {
    const past = this.of(instance);
    const trouble = { ...wordsOf(instance, error), instance, isOff: false, since: past.trouble?.since ?? new Date(now) };
    const wait = Math.min(LONGEST_MS, FIRST_MS * 2 ** past.notMade);
    this.past.set(instance, { ...past, trouble, notMade: past.notMade + 1, tryAt: now + wait });
    return trouble;
  }

  ended(instance: string, error: unknown, now: number): Trouble {
    const past = this.of(instance);
    const ends = [...past.ends.filter((at) => now - at < WITHIN_MS), now];
    const isOff = ends.length >= ENDS_BEFORE_OFF;
    const { say, detail } = wordsOf(instance, error);
    const trouble = { instance, say: `${say} ${isOff ? SWITCHED_OFF : 'Muster starts it again.'}`, detail, isOff, since: new Date(now) };
    this.past.set(instance, { ...past, trouble, ends, tryAt: now + (ends.length - 1) * FIRST_MS });
    return trouble;
  }

  /** It runs. How often it ended lately is not forgotten. */
  made(instance: string): void {
    this.past.set(instance, { ...this.of(instance), trouble: null, notMade: 0, tryAt: 0 });
  }

  /** It is another one now, or none. */
  forget(instance: string): void {
    this.past.delete(instance);
  }

  all(): readonly Trouble[] {
    return [...this.past.values()].flatMap(({ trouble }) => trouble ?? []);
  }

  private of(instance: string): Past {
    return this.past.get(instance) ?? CLEAN;
  }
}

const SWITCHED_OFF =
  'That was the third time within ten minutes, so it is switched off; all else goes on. To try it again, change its settings or start Muster again.';

/** An error of the adapter's own is in its own words, which are no business of the log. */
function wordsOf(instance: string, error: unknown): { readonly say: string; readonly detail: string | null } {
  if (error instanceof ChatTrouble) return { say: error.message, detail: error.detail };
  return { say: `The chat "${instance}" could not be started.`, detail: error instanceof Error ? error.message.slice(0, 500) : null };
}
