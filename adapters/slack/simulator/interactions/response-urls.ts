import type { Draw } from '../draw.ts';
import { SlackError } from '../slack-error.ts';

const USES = 5;
const VALID_MS = 30 * 60_000;

/** Where the app may answer a gesture later: which person, where, and which message it came from. */
export interface AnswerTo {
  readonly user: string;
  readonly channel: string;
  readonly messageTs?: string;
  readonly ephemeral?: boolean;
}

/** response_url: five answers in half an hour, no token needed. */
export class ResponseUrls {
  readonly #issued = new Map<string, AnswerTo & { readonly at: number; uses: number }>();
  readonly #draw: Draw;
  readonly #now: () => number;
  readonly #base: () => string;

  constructor(draw: Draw, now: () => number, base: () => string) {
    this.#draw = draw;
    this.#now = now;
    this.#base = base;
  }

  issue(to: AnswerTo): string {
    const id = this.#draw.hex(24);
    this.#issued.set(id, { ...to, at: this.#now(), uses: 0 });
    if (this.#issued.size > 1000) this.#issued.delete(this.#issued.keys().next().value ?? '');
    return `${this.#base()}response/${id}`;
  }

  use(id: string): AnswerTo {
    const issued = this.#issued.get(id);
    if (!issued) throw new SlackError('invalid_url');
    if (this.#now() - issued.at > VALID_MS) throw new SlackError('expired_url');
    if (issued.uses >= USES) throw new SlackError('used_url');
    issued.uses++;
    return issued;
  }
}
