import type { Envelope } from '@musterhq/chat-port';
import { codeOf } from '#src/platform/database/database-errors';
import { currentTrace, newTrace } from '#src/platform/logging/trace';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import { type Admission, keyOf } from './admit.ts';
import type { Admitted } from './inbox.types.ts';
import { tenantOf } from './tenant-of.ts';

/** More in one statement gains little and makes the last one wait. */
const BATCH = 200;

interface Waiting {
  readonly admission: Admission;
  readonly settle: (fresh: boolean) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Where everything from outside is kept before anybody is told that we have it.
 *
 * What arrives while a statement is under way goes out together in the next one, so the disk is asked once for many;
 * one alone is stored at once.
 */
export class Inbox {
  private readonly waiting: Waiting[] = [];
  private readonly listeners = new Set<Admitted>();
  private storing = false;

  constructor(
    private readonly store: (batch: readonly Admission[]) => Promise<Set<string>>,
    private readonly doorbell: Pick<Doorbell, 'ring'>,
  ) {}

  /**
   * Resolves once every envelope is durable, and only then may the platform be told so; rejects when they are not.
   * The answer has the ids that were not known before. A second call with the same envelopes stores nothing.
   */
  async admit(instance: string, batch: readonly Envelope[], gapId: string | null = null): Promise<Set<string>> {
    const trace = currentTrace();
    const fresh = await Promise.all(
      batch.map(async (envelope) => ((await this.put({ instance, envelope, gapId, trace: trace ?? newTrace() })) ? envelope.id : null)),
    );
    return new Set(fresh.filter((id) => id !== null));
  }

  /** Told of each batch as soon as it is durable, in this process, duplicates included. For what must not wait behind a lane. */
  onAdmitted(listener: Admitted): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private put(admission: Admission): Promise<boolean> {
    return new Promise((settle, fail) => {
      this.waiting.push({ admission, settle, fail });
      if (!this.storing) void this.storeWaiting();
    });
  }

  private async storeWaiting(): Promise<void> {
    this.storing = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, BATCH);
      try {
        const stored = await this.store(batch.map(({ admission }) => admission));
        this.announce(batch, stored);
      } catch (error) {
        // One that the database cannot keep must cost only itself. A database that is away is asked once for all.
        if (batch.length > 1 && isAboutData(error)) for (const one of batch) await this.storeAlone(one);
        else for (const { fail } of batch) fail(error);
      }
    }
    this.storing = false;
  }

  private async storeAlone(one: Waiting): Promise<void> {
    try {
      this.announce([one], await this.store([one.admission]));
    } catch (error) {
      one.fail(error);
    }
  }

  private announce(batch: readonly Waiting[], stored: Set<string>): void {
    const byInstance = new Map<string, Envelope[]>();
    for (const { admission, settle } of batch) {
      const { instance, envelope } = admission;
      byInstance.set(instance, [...(byInstance.get(instance) ?? []), envelope]);
      settle(stored.delete(keyOf(instance, tenantOf(envelope.event), envelope.id)));
    }
    for (const [instance, envelopes] of byInstance) {
      for (const listener of this.listeners) listener(instance, envelopes);
      this.doorbell.ring({ topic: 'inbox', id: instance });
    }
  }
}

/** Refused for what is in it (22, 54), or for what another batch did at the same moment (40); not even sent: a time that is none. */
function isAboutData(error: unknown): boolean {
  return error instanceof RangeError || ['22', '54', '40'].includes((codeOf(error) ?? '').slice(0, 2));
}
