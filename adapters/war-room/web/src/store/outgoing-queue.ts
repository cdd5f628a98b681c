import type { CommandDone, RoomCommand } from '#libs/war-room-protocol/commands';
import { type KeptEntries, type News, oldestFirst } from './kept-entries.ts';
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
 * What this person sends to one room: one at a time, in the order written, each with its own id, from however many pages of
 * this browser. Each page shows what all of them wrote, and whichever has its turn sends the oldest.
 *
 * It never gives up: while nobody answers it waits longer each time and asks again; what is refused steps aside with the
 * reason and lets the next one pass. What is not sent yet survives a reload.
 */
export class OutgoingQueue {
  readonly #parts: QueueParts;
  #entries: readonly Outgoing[] = [];
  /** Not on the device, or not yet: nobody but this page knows of them. */
  readonly #onlyHere = new Set<string>();
  /** Grows with every change made here, so that what was read before it is read again. */
  #changes = 0;
  #running = false;
  #again = false;
  #stopped = true;
  #wake = new AbortController();
  #deafen = (): void => {};

  constructor(parts: QueueParts) {
    this.#parts = parts;
  }

  /** Shows what was kept from before and begins to send. */
  start(): void {
    this.#stopped = false;
    this.#deafen = this.#parts.kept.hear((news) => void this.#hear(news));
    void this.#refresh().then(() => this.#run());
  }

  stop(): void {
    this.#stopped = true;
    this.#deafen();
    this.#wake.abort();
  }

  add(command: RoomCommand): void {
    void this.#put({ command, writtenAt: this.#parts.now(), state: 'waiting' }).then(() => this.#run());
  }

  retry(id: string): void {
    const entry = this.#find(id);
    if (entry?.state !== 'failed') return;
    void this.#put({ command: entry.command, writtenAt: entry.writtenAt, state: 'waiting' }).then(() => this.#run());
  }

  discard(id: string): void {
    void this.#drop([id]);
  }

  /** The room shows these now. */
  arrived(ids: readonly string[]): void {
    const here = this.#entries.filter((entry) => ids.includes(entry.command.id));
    if (here.length > 0) this.#forget(here.map((entry) => entry.command.id));
    const unsent = here.filter((entry) => entry.state !== 'sent').map((entry) => entry.command.id);
    if (unsent.length > 0) void this.#drop(unsent);
  }

  /** The network may be back: do not wait any longer. */
  wake(): void {
    this.#wake.abort();
    void this.#run();
  }

  async #run(): Promise<void> {
    this.#again = true;
    if (this.#running) return;
    this.#running = true;
    let attempt = 0;
    while (this.#again && !this.#stopped) {
      this.#again = false;
      const answer = this.#next() === undefined ? 'nothing' : await this.#parts.kept.inTurn(() => this.#sendOldest());
      if (answer === 'signed-out') break;
      if (answer === 'nothing') continue;
      this.#again = true;
      if (answer !== 'unreachable') {
        attempt = 0;
        continue;
      }
      this.#wake = new AbortController();
      await this.#parts.pause(attempt, this.#wake.signal);
      attempt += 1;
    }
    this.#running = false;
  }

  /** Another page may have sent it while this one waited for its turn. */
  async #sendOldest(): Promise<Answer['kind'] | 'nothing'> {
    await this.#refresh();
    const next = this.#next();
    if (next === undefined || this.#stopped) return 'nothing';
    const answer = await this.#parts.post(next.command);
    if (answer.kind === 'done') await this.#done(next, answer.done);
    if (answer.kind === 'refused') await this.#refused(next, answer);
    return answer.kind;
  }

  async #done({ command, writtenAt }: Outgoing, done: CommandDone): Promise<void> {
    if (this.#find(command.id) !== undefined) this.#show({ command, writtenAt, state: 'sent', seq: done.seq });
    const needless = this.#entries.filter((entry) => entry.state === 'failed' && isSameWish(entry.command, command));
    this.#forget(needless.map((entry) => entry.command.id));
    this.#parts.onAnswer?.(command, done);
    await this.#onDevice(this.#parts.kept.drop([command.id, ...needless.map((entry) => entry.command.id)]));
    this.#parts.kept.tell({ kind: 'done', command, done });
  }

  async #refused({ command, writtenAt }: Outgoing, { why, after }: Extract<Answer, { kind: 'refused' }>): Promise<void> {
    await this.#refresh();
    if (this.#find(command.id) !== undefined) await this.#put({ command, writtenAt, state: 'failed', why, after });
  }

  async #hear(news: News): Promise<void> {
    if (news.kind === 'done') {
      const { command, done } = news;
      const entry = this.#find(command.id);
      if (entry !== undefined) this.#show({ command, writtenAt: entry.writtenAt, state: 'sent', seq: done.seq });
      this.#parts.onAnswer?.(command, done);
    }
    await this.#refresh();
    void this.#run();
  }

  /** What the device has, and what only this page knows. */
  async #refresh(): Promise<void> {
    let kept: readonly Outgoing[] | null;
    let changes: number;
    do {
      changes = this.#changes;
      kept = await this.#parts.kept.read();
    } while (changes !== this.#changes);
    if (kept === null) return;
    const here = this.#entries.filter((entry) => entry.state === 'sent' || this.#onlyHere.has(entry.command.id));
    const known = new Set(here.map((entry) => entry.command.id));
    this.#entries = [...kept.filter((entry) => !known.has(entry.command.id)), ...here].sort(oldestFirst);
    this.#tell();
  }

  #next(): Outgoing | undefined {
    return this.#entries.find((entry) => entry.state === 'waiting');
  }

  #find(id: string): Outgoing | undefined {
    return this.#entries.find((entry) => entry.command.id === id);
  }

  /** Shown at once, and then on the device. Where that takes nothing it is kept for as long as this page is open. */
  async #put(entry: Outgoing): Promise<void> {
    const { id } = entry.command;
    this.#onlyHere.add(id);
    this.#show(entry);
    if (!(await this.#onDevice(this.#parts.kept.write(entry)))) return;
    this.#onlyHere.delete(id);
    this.#parts.kept.tell({ kind: 'changed' });
  }

  async #drop(ids: readonly string[]): Promise<void> {
    this.#forget(ids);
    if (await this.#onDevice(this.#parts.kept.drop(ids))) this.#parts.kept.tell({ kind: 'changed' });
  }

  /** Whether the device did it. */
  async #onDevice(work: Promise<void>): Promise<boolean> {
    this.#changes += 1;
    const isDone = await work.then(
      () => true,
      () => false,
    );
    this.#changes += 1;
    return isDone;
  }

  #show(entry: Outgoing): void {
    const at = this.#entries.findIndex((other) => other.command.id === entry.command.id);
    this.#entries = at === -1 ? [...this.#entries, entry] : this.#entries.with(at, entry);
    this.#tell();
  }

  #forget(ids: readonly string[]): void {
    for (const id of ids) this.#onlyHere.delete(id);
    this.#entries = this.#entries.filter((entry) => !ids.includes(entry.command.id));
    this.#tell();
  }

  #tell(): void {
    this.#parts.onChange(this.#entries);
  }
}
