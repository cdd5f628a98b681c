import { Refused } from '../api/errors.ts';

export type Connection =
  | { readonly name: 'connecting' }
  | { readonly name: 'live' }
  /** Nobody answers, since then. `online` is what the browser believes of its own network. */
  | { readonly name: 'lost'; readonly since: string; readonly online: boolean }
  | { readonly name: 'signed-out' }
  | { readonly name: 'refused'; readonly status: number; readonly why: string };

export interface ConnectionParts {
  /** Reads until the line ends. Calls `onOpen` once it is known to work; rejects with `Refused` when the server says no. */
  readonly read: (signal: AbortSignal, onOpen: () => void) => Promise<void>;
  readonly onState: (state: Connection) => void;
  readonly pause: (attempt: number, wake: AbortSignal) => Promise<void>;
  readonly online: () => boolean;
  readonly now: () => string;
}

/**
 * Keeps one line to the server open.
 * connecting → live → (line ends) → a quick retry → live, or lost → … → live. A refusal ends it: signed-out or refused.
 * A single dropped connection is not worth a sentence, so `lost` is said only when the quick retry fails too, or at once
 * when the browser knows that it is offline.
 */
export class RoomConnection {
  readonly #parts: ConnectionParts;
  readonly #stop = new AbortController();
  #line = new AbortController();
  #wake = new AbortController();
  #state: Connection = { name: 'connecting' };
  #running = false;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    void this.#run();
  }

  stop(): void {
    this.#stop.abort();
    this.#line.abort();
    this.#wake.abort();
  }

  /** The network changed or the page is looked at again: do not wait any longer. */
  wake(): void {
    this.#wake.abort();
    if (this.#state.name === 'signed-out') this.start();
  }

  /** The line may still look open but is not to be trusted: the browser lost its network, or the server said goodbye. */
  drop(): void {
    this.#line.abort();
  }

  async #run(): Promise<void> {
    let attempt = 0;
    let since: string | null = null;
    while (!this.#stop.signal.aborted) {
      this.#line = new AbortController();
      try {
        await this.#parts.read(this.#line.signal, () => {
          attempt = 0;
          since = null;
          this.#say({ name: 'live' });
        });
      } catch (error) {
        if (error instanceof Refused) return this.#refused(error);
      }
      if (this.#stop.signal.aborted) return;
      since ??= this.#parts.now();
      const online = this.#parts.online();
      if (attempt > 0 || !online) this.#say({ name: 'lost', since, online });
      this.#wake = new AbortController();
      await this.#parts.pause(attempt, this.#wake.signal);
      attempt += 1;
    }
  }

  #refused(error: Refused): void {
    this.#running = false;
    if (error.status === 401) this.#say({ name: 'signed-out' });
    else this.#say({ name: 'refused', status: error.status, why: error.message });
  }

  #say(state: Connection): void {
    this.#state = state;
    this.#parts.onState(state);
  }
}
