import { type Admission, keyOf } from '#src/platform/inbox/admit';
import type { ClaimedItem, Lane } from '#src/platform/inbox/inbox.types';
import { tenantOf } from '#src/platform/inbox/tenant-of';
import type { WaitingItems } from '#src/platform/inbox/waiting-items';
import type { InboxRow, LaneRow, Tables } from './tables.ts';

/** Nobody reads the lines. */
const TRACE = '0'.repeat(32);

const LEASE_MS = 5_000;
const RETRY_MS = [500, 2_000];

/** `admit`, for events. */
export function storeInMemory(tables: Tables, batch: readonly Admission[]): Promise<Set<string>> {
  return tables.run(() => {
    const fresh = new Set<string>();
    for (const { instance, envelope, gapId } of batch) {
      const tenant = tenantOf(envelope.event);
      const key = keyOf(instance, tenant, envelope.id);
      const isKnown = tables.inbox.has(key);
      if (isKnown && tables.without !== 'handled once') continue;
      const laneKey = keyOf(instance, tenant, envelope.lane);
      const lane = tables.lanes.get(laneKey) ?? {
        instance,
        tenant,
        lane: envelope.lane,
        seq: 0,
        done: 0,
        owner: null,
        leaseUntil: null,
        retryAt: null,
      };
      tables.lanes.set(laneKey, lane);
      lane.seq++;
      fresh.add(key);
      tables.inbox.set(isKnown ? `${key}\n${lane.seq}` : key, {
        instance,
        tenant,
        envelopeId: envelope.id,
        lane: envelope.lane,
        seq: lane.seq,
        occurredAt: envelope.at,
        admittedAt: tables.now(),
        gapId,
        body: envelope.event,
        claims: 0,
        owner: null,
        status: 'waiting',
        problem: null,
      });
    }
    return fresh;
  });
}

/** `lanes`, for events. */
export class WaitingInMemory implements WaitingItems<Tables> {
  constructor(
    private readonly tables: Tables,
    private readonly owner: string,
    private readonly died: Promise<never>,
    private readonly random: () => number,
  ) {}

  leaseLanes(most: number, held: readonly Lane[] = []): Promise<Lane[]> {
    return this.tables.run(() => {
      const now = this.tables.now();
      const due = [...this.tables.lanes.values()].filter(
        ({ instance, tenant, lane, done, seq, leaseUntil, owner, retryAt }) =>
          !held.some((one) => one.instance === instance && one.tenant === tenant && one.lane === lane) &&
          done < seq &&
          (leaseUntil === null || leaseUntil < now || owner === this.owner) &&
          (retryAt === null || retryAt <= now),
      );
      const drawn = due.length > 1 ? due.sort(() => this.random() - 0.5) : due;
      return drawn.slice(0, most).map((row) => {
        this.tables.change(row, { owner: this.owner, leaseUntil: now + LEASE_MS });
        const { instance, tenant, lane, seq } = row;
        const begun = this.nextOf(row)?.owner ?? null;
        return { instance, tenant, lane, seq: String(seq), suspect: begun !== null && begun !== this.owner };
      });
    });
  }

  claimNext({ instance, tenant, lane }: Lane): Promise<ClaimedItem | null> {
    return this.tables.run(() => {
      const row = this.tables.lanes.get(keyOf(instance, tenant, lane));
      const next = row?.owner === this.owner ? this.nextOf(row) : null;
      if (!next) return null;
      const counts = next.owner !== this.owner && this.tables.without !== 'claims are counted';
      this.tables.change(next, { claims: next.claims + (counts ? 1 : 0), owner: this.owner });
      return {
        instance,
        tenant,
        lane,
        seq: next.seq,
        envelopeId: next.envelopeId,
        occurredAt: new Date(next.occurredAt),
        admittedAt: new Date(next.admittedAt),
        gapId: next.gapId,
        event: next.body,
        trace: TRACE,
        claims: next.claims,
        problem: next.problem,
      };
    });
  }

  finish(item: ClaimedItem, work: (tx: Tables) => Promise<void>): Promise<void> {
    return this.tables.transaction(this.died, async () => {
      if (this.end(item)) await work(this.tables);
    });
  }

  putAside(item: ClaimedItem, problem: string, tell: (tx: Tables) => Promise<void>): Promise<void> {
    return this.tables.transaction(this.died, async () => {
      if (!this.end(item, problem)) return;
      await tell(this.tables);
      this.tables.add(this.tables.putAside, item.envelopeId, problem);
    });
  }

  postpone(item: ClaimedItem, error: unknown): Promise<void> {
    return this.later(item, RETRY_MS[Math.min(item.claims - 1, RETRY_MS.length - 1)] ?? 2_000, { problem: String(error) });
  }

  putBack(item: ClaimedItem, waitMs: number): Promise<void> {
    return this.later(item, waitMs, { claims: item.claims - 1 });
  }

  releaseLane({ instance, tenant, lane, seq }: Lane, empty: boolean): Promise<void> {
    return this.tables.run(() => {
      const row = this.tables.lanes.get(keyOf(instance, tenant, lane));
      if (row?.owner !== this.owner) return;
      this.tables.change(row, { owner: null, leaseUntil: null, done: empty ? Math.max(row.done, Number(seq)) : row.done });
    });
  }

  private later(item: ClaimedItem, ms: number, change: Partial<InboxRow>): Promise<void> {
    return this.tables.run(() => {
      const row = this.rowOf(item);
      if (row?.owner === this.owner) this.tables.change(row, { ...change, owner: null });
      const lane = this.tables.lanes.get(keyOf(item.instance, item.tenant, item.lane));
      if (lane) this.tables.change(lane, { retryAt: this.tables.now() + ms });
    });
  }

  private end(item: ClaimedItem, problem?: string): boolean {
    const lane = this.tables.lanes.get(keyOf(item.instance, item.tenant, item.lane));
    if (!lane || lane.done >= item.seq) return false;
    this.tables.change(lane, { done: item.seq, retryAt: null, leaseUntil: this.tables.now() + LEASE_MS });
    const row = this.rowOf(item);
    if (row?.status === 'waiting')
      this.tables.change(row, { status: problem ? 'quarantined' : 'done', problem: problem ?? null, owner: null });
    return true;
  }

  private nextOf({ instance, tenant, lane, done }: LaneRow): InboxRow | null {
    let next: InboxRow | null = null;
    for (const row of this.tables.inbox.values())
      if (row.lane === lane && row.instance === instance && row.tenant === tenant && row.seq > done && row.seq < (next?.seq ?? Infinity))
        next = row;
    return next;
  }

  private rowOf({ instance, tenant, lane, seq }: ClaimedItem): InboxRow | null {
    for (const row of this.tables.inbox.values())
      if (row.lane === lane && row.seq === seq && row.instance === instance && row.tenant === tenant) return row;
    return null;
  }
}
