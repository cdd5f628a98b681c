import type { Part } from '@musterhq/chat-port';
import type { Database } from '#src/platform/database/database';
import type { StreamLog } from '#src/platform/log/log';
import { holdLease } from '#src/platform/loops/lease';
import { PROCESS_ID } from '#src/platform/loops/process-id';
import type { Next } from './decide.ts';
import { type Besides, claim, headOf, heads, keepParts, lostAttempts, sayInstead, tenantsWithWork } from './delivery-store.ts';
import type { Delivery, LostAttempt } from './delivery.types.ts';
import type { DigestRule } from './digest.ts';
import { gather } from './digest-store.ts';
import { type Made, recordOutcome } from './record-outcome.ts';

/**
 * What a worker asks of the deliveries there are. Each answer is one transaction, and what it says of a delivery is what
 * `delivery-store` says of it.
 *
 * There is a second one, in memory, to live through thousands of bad nights a minute (test/chaos/simulation); one test
 * holds the two equal.
 */
export interface Deliveries {
  /** True when this process alone may call this tenant's chat for the next seconds. */
  holdTenant(instance: string, tenant: string): Promise<boolean>;
  tenantsWithWork(instance: string): Promise<string[]>;
  lost(instance: string, tenant: string): Promise<LostAttempt[]>;
  heads(instance: string, tenant: string): Promise<Delivery[]>;
  headOf(mirrorId: string, lane: Delivery['lane']): Promise<Delivery | null>;
  /** False when everything is said one by one. `chars`: what one digest may hold. */
  gather(mirrorId: string, rule: DigestRule, chars: number): Promise<boolean>;
  claim(delivery: Delivery, claimMs: number): Promise<boolean>;
  keepParts(delivery: Delivery, parts: readonly (Part | null)[], thread: string | null, besides?: Besides): Promise<boolean>;
  sayInstead(delivery: Delivery): Promise<boolean>;
  record(delivery: Delivery, next: Next, made: Made, hadEnd: boolean): Promise<void>;
  /** What the detector judges by. */
  rememberCall(delivery: Delivery, good: boolean): Promise<void>;
}

export class DeliveriesInPostgres implements Deliveries {
  constructor(
    private readonly database: Database,
    private readonly streams: StreamLog,
    private readonly owner = PROCESS_ID,
  ) {}

  holdTenant(instance: string, tenant: string): Promise<boolean> {
    return holdLease(this.database, { instance, tenant }, this.owner);
  }

  tenantsWithWork(instance: string): Promise<string[]> {
    return tenantsWithWork(this.database, instance);
  }

  lost(instance: string, tenant: string): Promise<LostAttempt[]> {
    return lostAttempts(this.database, this.owner, instance, tenant);
  }

  heads(instance: string, tenant: string): Promise<Delivery[]> {
    return heads(this.database, instance, tenant);
  }

  headOf(mirrorId: string, lane: Delivery['lane']): Promise<Delivery | null> {
    return headOf(this.database, mirrorId, lane);
  }

  gather(mirrorId: string, rule: DigestRule, chars: number): Promise<boolean> {
    return this.database.transaction((tx) => gather(tx, mirrorId, rule, chars));
  }

  claim(delivery: Delivery, claimMs: number): Promise<boolean> {
    return claim(this.database, this.owner, delivery, claimMs);
  }

  keepParts(delivery: Delivery, parts: readonly (Part | null)[], thread: string | null, besides: Besides = {}): Promise<boolean> {
    return keepParts(this.database, this.owner, delivery, parts, thread, besides);
  }

  sayInstead(delivery: Delivery): Promise<boolean> {
    return this.database.transaction((tx) => sayInstead(tx, delivery, 'pending'));
  }

  record(delivery: Delivery, next: Next, made: Made, hadEnd: boolean): Promise<void> {
    return this.database.transaction((tx) => recordOutcome(tx, this.streams, delivery, next, made, hadEnd));
  }

  async rememberCall({ instance, tenant, operation }: Delivery, good: boolean): Promise<void> {
    await this.database.query('insert into chat_call (instance, tenant, operation, good) values ($1, $2, $3, $4)', [
      instance,
      tenant,
      operation,
      good,
    ]);
  }
}
