import type { Draw } from '../draw.ts';
import { SlackError } from '../slack-error.ts';

interface Trigger {
  readonly user: string;
  readonly at: number;
  used: boolean;
}

/** A gesture gives the app the right to open one modal, for three seconds. */
export class Triggers {
  readonly #issued = new Map<string, Trigger>();
  readonly #draw: Draw;
  readonly #now: () => number;
  readonly #validMs: number;

  constructor(draw: Draw, now: () => number, validMs: number) {
    this.#draw = draw;
    this.#now = now;
    this.#validMs = validMs;
  }

  issue(user: string): string {
    const id = `${this.#draw.digits(13)}.${this.#draw.digits(13)}.${this.#draw.hex(32)}`;
    this.#issued.set(id, { user, at: this.#now(), used: false });
    if (this.#issued.size > 1000) this.#issued.delete(this.#issued.keys().next().value ?? '');
    return id;
  }

  /** The person whose gesture it was. Works once. */
  exchange(id: string): string {
    const trigger = this.#issued.get(id);
    if (!trigger) throw new SlackError('invalid_trigger_id');
    if (trigger.used) throw new SlackError('exchanged_trigger_id');
    if (this.#now() - trigger.at > this.#validMs) throw new SlackError('expired_trigger_id');
    trigger.used = true;
    return trigger.user;
  }
}
