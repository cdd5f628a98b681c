import type { Api } from '../api/api.ts';
import { Refused } from '../api/errors.ts';
import { pauseBeforeRetry } from '../connection/backoff.ts';
import type { KeptEntries } from '../store/kept-entries.ts';
import type { Outgoing } from '../store/outgoing.ts';
import { type Answer, OutgoingQueue } from '../store/outgoing-queue.ts';

/** Where it stands in a room's flow that is not open here: last. */
const LAST = Number.MAX_SAFE_INTEGER;

export interface UnsentParts {
  readonly api: Pick<Api, 'command'>;
  readonly unsentOf: (personId: string) => Promise<readonly string[]>;
  readonly entriesOf: (personId: string, incidentId: string) => Promise<KeptEntries>;
  /** By incident. */
  readonly onChange: (unsent: ReadonlyMap<string, readonly Outgoing[]>) => void;
}

/** Sends what one person wrote in rooms from which they went away before it was sent. */
export class Unsent {
  readonly #personId: string;
  readonly #parts: UnsentParts;
  readonly #queues = new Map<string, OutgoingQueue>();
  readonly #unsent = new Map<string, readonly Outgoing[]>();
  #stopped = false;

  constructor(personId: string, parts: UnsentParts) {
    this.#personId = personId;
    this.#parts = parts;
  }

  /** There may be more by now, and the server may answer again. */
  async look(): Promise<void> {
    for (const queue of this.#queues.values()) queue.wake();
    const { unsentOf, entriesOf } = this.#parts;
    for (const incidentId of await unsentOf(this.#personId)) {
      if (this.#queues.has(incidentId)) continue;
      const queue = this.#queueOf(incidentId, await entriesOf(this.#personId, incidentId));
      if (this.#stopped || this.#queues.has(incidentId)) return;
      this.#queues.set(incidentId, queue);
      queue.start();
    }
  }

  stop(): void {
    this.#stopped = true;
    for (const queue of this.#queues.values()) queue.stop();
  }

  #queueOf(incidentId: string, kept: KeptEntries): OutgoingQueue {
    return new OutgoingQueue({
      kept,
      post: (command) => this.#post(incidentId, command),
      onChange: (entries) => {
        this.#unsent.set(
          incidentId,
          entries.filter(({ state }) => state !== 'sent'),
        );
        this.#parts.onChange(new Map(this.#unsent));
      },
      pause: pauseBeforeRetry,
      now: () => new Date().toISOString(),
    });
  }

  async #post(incidentId: string, command: Outgoing['command']): Promise<Answer> {
    try {
      return { kind: 'done', done: await this.#parts.api.command(incidentId, command) };
    } catch (error) {
      if (!(error instanceof Refused)) return { kind: 'unreachable' };
      return error.status === 401 ? { kind: 'signed-out' } : { kind: 'refused', why: error.message, after: LAST };
    }
  }
}
