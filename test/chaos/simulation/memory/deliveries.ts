import type { Part } from '@musterhq/chat-port';
import type { Next } from '#src/rooms/deliveries/decide';
import type { Deliveries } from '#src/rooms/deliveries/deliveries';
import type { Delivery, DeliveryStatus, LostAttempt } from '#src/rooms/deliveries/delivery.types';
import { type DigestRule, digestsOf } from '#src/rooms/deliveries/digest';
import type { Made } from '#src/rooms/deliveries/record-outcome';
import { stepOf } from '#src/rooms/deliveries/step';
import { hasGap, readFromTheBeginning } from './gaps.ts';
import { heldBy, markSent, rememberCopy } from './sent.ts';
import { sweepDoubtful, sweepLater } from './sweeps.ts';
import { type DeliveryRow, type MirrorRow, type Tables, UNFINISHED, keyOf } from './tables.ts';

/** Nobody reads the lines. */
const TRACE = '0'.repeat(32);
const LEASE_MS = 5_000;

/** `delivery-store` and `record-outcome` as far as rooms and words go: no cards, edits, marks or members. */
export class DeliveriesInMemory implements Deliveries {
  constructor(
    private readonly tables: Tables,
    private readonly owner: string,
  ) {}

  holdTenant(instance: string, tenant: string): Promise<boolean> {
    return this.tables.run(() => {
      const key = keyOf(instance, tenant);
      const held = this.tables.leases.get(key);
      const now = this.tables.now();
      if (held && held.owner !== this.owner && held.until >= now) return false;
      this.tables.leases.set(key, { owner: this.owner, until: now + LEASE_MS });
      return true;
    });
  }

  tenantsWithWork(instance: string): Promise<string[]> {
    return this.tables.run(() => [
      ...new Set(this.of((row, mirror) => mirror.instance === instance && UNFINISHED.includes(row.status)).map(([, { tenant }]) => tenant)),
    ]);
  }

  lost(instance: string, tenant: string): Promise<LostAttempt[]> {
    if (this.tables.without === 'lost attempts are looked for') return Promise.resolve([]);
    const now = this.tables.now();
    return this.tables.run(() =>
      this.of(
        (row, mirror) =>
          mirror.instance === instance &&
          mirror.tenant === tenant &&
          row.status === 'sending' &&
          (row.owner !== this.owner || (row.claimUntil ?? Infinity) < now),
      ).map((one) => ({ ...toDelivery(this.tables, one), isOurs: one[0].owner === this.owner })),
    );
  }

  heads(instance: string, tenant: string): Promise<Delivery[]> {
    return this.tables.run(() => {
      const heads = new Map<string, [DeliveryRow, MirrorRow]>();
      for (const one of this.speakable((_row, mirror) => mirror.instance === instance && mirror.tenant === tenant)) {
        const lane = keyOf(one[0].mirrorId, one[0].lane);
        if (one[0].position < (heads.get(lane)?.[0].position ?? Infinity)) heads.set(lane, one);
      }
      return [...heads.values()].map((one) => toDelivery(this.tables, one));
    });
  }

  headOf(mirrorId: string, lane: Delivery['lane']): Promise<Delivery | null> {
    return this.tables.run(() => {
      const [head] = this.speakable((row) => row.mirrorId === mirrorId && row.lane === lane).sort(([a], [b]) => a.position - b.position);
      return head ? toDelivery(this.tables, head) : null;
    });
  }

  gather(mirrorId: string, rule: DigestRule, chars: number): Promise<boolean> {
    return this.tables.run(() => {
      const { tables } = this;
      const lane = [...tables.deliveries.values()]
        .filter((row) => row.mirrorId === mirrorId && row.lane === 'room' && UNFINISHED.includes(row.status))
        .sort((a, b) => a.position - b.position)
        .map((row) => ({ ...row, cameApart: row.digestId !== null }));
      const digests = digestsOf(lane, rule, chars);
      for (const held of digests) {
        const first = tables.deliveries.get(held[0] ?? '') as DeliveryRow;
        const id = tables.newId();
        tables.add(tables.deliveries, id, { ...first, id, messageId: null, content: null, gapId: null, isDigest: true, digestId: id });
        for (const one of held) tables.change(tables.deliveries.get(one) as DeliveryRow, { status: 'gathered', digestId: id });
      }
      return digests.length > 0;
    });
  }

  claim({ id, part }: Delivery, claimMs: number): Promise<boolean> {
    return this.tables.run(() => {
      const [found] = this.of(
        (row, mirror) => row.id === id && row.status === 'pending' && row.part === part && this.maySpeak(row, mirror),
      );
      if (!found) return false;
      const [row] = found;
      const now = this.tables.now();
      const { attempts, unended } = row;
      this.tables.change(row, { status: 'sending', attempts: attempts + 1, unended: unended + 1, looks: 0, settleAt: null, triedAt: now });
      this.tables.change(row, { owner: this.owner, claimUntil: now + claimMs });
      return true;
    });
  }

  keepParts({ id }: Delivery, parts: readonly (Part | null)[], thread: string | null): Promise<boolean> {
    return this.tables.run(() => {
      const row = this.tables.deliveries.get(id);
      if (row?.owner !== this.owner || row.status !== 'sending') return false;
      this.tables.change(row, { parts, thread });
      return true;
    });
  }

  sayInstead(): Promise<boolean> {
    return Promise.reject(new Error('nothing is edited here'));
  }

  record(delivery: Delivery, next: Next, made: Made, hadEnd: boolean): Promise<void> {
    return this.tables.run(() => {
      if (!settle(this.tables, delivery, next, hadEnd)) return;
      if (next.to === 'sent' && made && 'room' in made) {
        const mirror = this.tables.mirrors.get(delivery.mirrorId) as MirrorRow;
        this.tables.change(mirror, { room: made.room.ref.room, ...(mirror.state === 'opening' ? { state: 'open' } : {}) });
        if (delivery.attempts > 1 || hasGap(this.tables, mirror.id))
          readFromTheBeginning(this.tables, mirror.id, delivery.queuedAt.getTime());
      }
      if (next.to === 'sent' && made && 'receipt' in made) {
        if (stepOf(delivery).do === 'send') sweepLater(this.tables, delivery, made.receipt, made.seen ?? false);
        rememberCopy(this.tables, delivery, made.receipt.message.id, delivery.part);
      }
      if (next.to === 'apart') this.comeApart(delivery.id);
      if (next.to === 'refused' && delivery.operation === 'open-room') this.failed(delivery.mirrorId);
      if (next.to === 'needs-a-person' && next.fault === null && stepOf(delivery).do === 'send') sweepDoubtful(this.tables, delivery);
      if (next.to === 'needs-a-person')
        this.tables.add(this.tables.putAside, delivery.id, next.fault?.detail ?? next.fault?.code ?? 'Nobody can tell.');
    });
  }

  private failed(mirrorId: string): void {
    const { mirrors, deliveries, gaps } = this.tables;
    this.tables.change(mirrors.get(mirrorId) as MirrorRow, { state: 'failed' });
    for (const row of deliveries.values())
      if (row.mirrorId === mirrorId && (row.status === 'pending' || row.status === 'gathered'))
        this.tables.change(row, { status: 'canceled' });
    for (const gap of gaps.values()) if (gap.mirrorId === mirrorId) this.tables.change(gap, { state: 'closed' });
  }

  private comeApart(digestId: string): void {
    for (const row of heldBy(this.tables, digestId))
      if (row.status === 'gathered' || row.status === 'sent') this.tables.change(row, { status: 'pending', nextAt: this.tables.now() });
  }

  rememberCall(): Promise<void> {
    return Promise.resolve();
  }

  private of(which: (row: DeliveryRow, mirror: MirrorRow) => boolean): [DeliveryRow, MirrorRow][] {
    const found: [DeliveryRow, MirrorRow][] = [];
    for (const row of this.tables.deliveries.values()) {
      const mirror = this.tables.mirrors.get(row.mirrorId) as MirrorRow;
      if (which(row, mirror)) found.push([row, mirror]);
    }
    return found;
  }

  private speakable(which: (row: DeliveryRow, mirror: MirrorRow) => boolean): [DeliveryRow, MirrorRow][] {
    return this.of(
      (row, mirror) =>
        UNFINISHED.includes(row.status) &&
        which(row, mirror) &&
        this.maySpeak(row, mirror) &&
        (mirror.room !== null || row.operation === 'open-room') &&
        (this.tables.without !== 'said in order' || (row.status === 'pending' && row.nextAt <= this.tables.now())),
    );
  }

  private maySpeak({ operation }: DeliveryRow, { id, state }: MirrorRow): boolean {
    if (state === 'closed') return operation === 'send';
    if (state === 'catching-up') return [...this.tables.gaps.values()].some((gap) => gap.mirrorId === id && gap.state === 'posting');
    return state === 'opening' || state === 'open' || state === 'suspect';
  }
}

function settle(tables: Tables, { id, part, attempts }: Pick<Delivery, 'id' | 'part' | 'attempts'>, next: Next, hadEnd: boolean): boolean {
  const row = tables.deliveries.get(id);
  if (next.to === 'sent') return markSent(tables, { id, part }, ['sending', 'unknown']);
  if (!row || row.part !== part || row.attempts !== attempts || (row.status !== 'sending' && row.status !== 'unknown')) return false;
  const unended = hadEnd ? 0 : row.unended;
  const mirror = tables.mirrors.get(row.mirrorId);
  const unlessClosed = (status: DeliveryStatus): DeliveryStatus =>
    row.operation !== 'send' && mirror?.state === 'closed' ? 'canceled' : status;
  switch (next.to) {
    case 'pending':
      tables.change(row, { status: unlessClosed('pending'), unended, owner: null, nextAt: next.at, fault: next.fault });
      return true;
    case 'unknown': {
      const looks = row.status === 'unknown' ? row.looks + (next.uncounted ? 0 : 1) : 0;
      const { lookAt: nextAt, settleAt } = next;
      tables.change(row, {
        status: unlessClosed('unknown'),
        unended,
        looks,
        owner: null,
        nextAt,
        settleAt,
        fault: next.fault ?? row.fault,
      });
      return true;
    }
    default:
      tables.change(row, { status: next.to === 'apart' ? 'canceled' : next.to, owner: null, fault: next.fault ?? row.fault });
      return true;
  }
}

function mayBeAway({ health: all, without }: Tables, { status, settleAt }: DeliveryRow, { instance }: MirrorRow): boolean {
  const health = all.get(instance);
  if (status !== 'unknown' || without === 'a chat that may be away is waited for' || !health) return false;
  return health.isDoubted || (health.provenAt !== null && settleAt !== null && health.provenAt <= settleAt);
}

function toDelivery(tables: Tables, [row, mirror]: [DeliveryRow, MirrorRow]): Delivery {
  return {
    id: row.id,
    mirrorId: row.mirrorId,
    incidentId: mirror.incidentId,
    instance: mirror.instance,
    tenant: mirror.tenant,
    room: mirror.room,
    card: null,
    isAnnouncement: false,
    lane: row.lane,
    position: row.position,
    operation: row.operation,
    messageId: row.messageId,
    content: row.content,
    parts: row.parts,
    thread: row.thread,
    emoji: null,
    isDigest: row.isDigest,
    fileId: null,
    chatFile: null,
    digestId: row.isDigest ? row.id : null,
    copies: [],
    part: row.part,
    again: row.again,
    status: row.status,
    attempts: row.attempts,
    unended: row.unended,
    looks: row.looks,
    queuedAt: new Date(row.createdAt),
    triedAt: row.triedAt === null ? null : new Date(row.triedAt),
    nextAt: new Date(row.nextAt),
    settleAt: row.settleAt === null ? null : new Date(row.settleAt),
    fault: row.fault,
    mayRepeat: false,
    mayBeAway: mayBeAway(tables, row, mirror),
    trace: TRACE,
  };
}
