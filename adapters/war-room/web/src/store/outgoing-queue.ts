import type { CommandDone, RoomCommand } from '#libs/war-room-protocol/commands';
import type { KeptEntries } from './kept-entries.ts';
import { isSameWish, type Outgoing } from './outgoing.ts';

export type Answer =
  | { readonly kind: 'done'; readonly done: CommandDone }
  /** The server will never take it as it is. `after`: how far the room had come by then. */
  | { readonly kind: 'refused'; readonly why: string; readonly after: number }
  /** Nobody can tell whether it arrived; its id makes asking again safe. */
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'signed-out' };

export interface QueueParts {
  readonly kept: KeptEntries;
  readonly post: (command: RoomCommand) => Promise<Answer>;
  readonly onChange: (entries: readonly Outgoing[]) => void;
  readonly onAnswer?: (command: RoomCommand, done: CommandDone) => void;
  /** Resolves after the time, or at once when `wake` is called. */
  readonly pause: (attempt: number, wake: AbortSignal) => Promise<void>;
  readonly now: () => string;
}

/**
 * What this person sends to one room: one at a time, in the order written, each with its own id.
 *
 * It never gives up: while nobody answers it waits longer each time and asks again; what is refused steps aside with the
 * reason and lets the next one pass. What is not sent yet survives a reload.
 */
export class OutgoingQueue {
  readonly #parts: QueueParts;
  #entries: readonly Outgoing[];
  #running = false;
  #stopped = true;
  #wake = new AbortController();

  constructor(parts: QueueParts) {
    this.#parts = parts;
    this.#entries = parts.kept.read();
  }

  /** Shows what was kept from before and begins to send. */
  start(): void {
    this.#stopped = false;
    this.#tell();
    void this.#run();
  }

  stop(): void {
    this.#stopped = true;
    this.#wake.abort();
  }

  add(command: RoomCommand): void {
    this.#put({ command, writtenAt: this.#parts.now(), state: 'waiting' });
    void this.#run();
  }

  retry(id: string): void {
    const entry = this.#find(id);
    if (entry?.state !== 'failed') return;
    this.#put({ command: entry.command, writtenAt: entry.writtenAt, state: 'waiting' });
    void this.#run();
  }

  discard(id: string): void {
    this.#drop([id]);
  }

  /** The room shows these now. */
  arrived(ids: readonly string[]): void {
    if (this.#entries.some((entry) => ids.includes(entry.command.id))) this.#drop(ids);
  }

  /** The network may be back: do not wait any longer. */
  wake(): void {
    this.#wake.abort();
    void this.#run();
  }

  async #run(): Promise<void> {
    if (this.#running || this.#stopped) return;
    this.#running = true;
    let attempt = 0;
    for (let next = this.#next(); next !== undefined && !this.#stopped; next = this.#next()) {
      const answer = await this.#parts.post(next.command);
      if (answer.kind === 'signed-out') break;
      if (answer.kind === 'unreachable') {
        this.#wake = new AbortController();
        await this.#parts.pause(attempt, this.#wake.signal);
        attempt += 1;
        continue;
      }
      attempt = 0;
      this.#settle(next, answer);
    }
    this.#running = false;
  }

  #settle(entry: Outgoing, answer: Extract<Answer, { kind: 'done' | 'refused' }>): void {
    const { command, writtenAt } = entry;
    const discarded = this.#find(command.id) === undefined;
    if (!discarded && answer.kind === 'refused') this.#put({ command, writtenAt, state: 'failed', why: answer.why, after: answer.after });
    if (answer.kind !== 'done') return;
    this.#drop(
      this.#entries.filter((entry) => entry.state === 'failed' && isSameWish(entry.command, command)).map((entry) => entry.command.id),
    );
    if (!discarded) this.#put({ command, writtenAt, state: 'sent', seq: answer.done.seq });
    this.#parts.onAnswer?.(command, answer.done);
  }

  #next(): Outgoing | undefined {
    return this.#entries.find((entry) => entry.state === 'waiting');
  }

  #find(id: string): Outgoing | undefined {
    return this.#entries.find((entry) => entry.command.id === id);
  }

  #put(entry: Outgoing): void {
    const at = this.#entries.findIndex((other) => other.command.id === entry.command.id);
    this.#entries = at === -1 ? [...this.#entries, entry] : this.#entries.with(at, entry);
    if (entry.state === 'sent') this.#parts.kept.drop(entry.command.id);
    else this.#parts.kept.write(entry);
    this.#tell();
  }

  #drop(ids: readonly string[]): void {
    this.#entries = this.#entries.filter((entry) => !ids.includes(entry.command.id));
    for (const id of ids) this.#parts.kept.drop(id);
    this.#tell();
  }

  #tell(): void {
    this.#parts.onChange(this.#entries);
  }
}
