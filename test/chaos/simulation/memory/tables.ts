import type { ChatEvent, Content, Fault, Part } from '@musterhq/chat-port';
import type { ActorFact, NewEvent } from '#src/platform/log/event.types';
import type { MarkKind } from '#src/rooms/rooms.events';
import type { DeliveryStatus, Lane, Operation } from '#src/rooms/deliveries/delivery.types';
import type { Rule } from '../rules.ts';
import { afterwards } from '../simulated-time.ts';

export interface MirrorRow {
  readonly id: string;
  readonly incidentId: string;
  readonly instance: string;
  readonly tenant: string;
  state: 'opening' | 'open' | 'suspect' | 'parked' | 'catching-up' | 'failed' | 'closed';
  room: string | null;
}

export interface DeliveryRow {
  readonly id: string;
  readonly mirrorId: string;
  readonly lane: Lane;
  readonly position: number;
  readonly operation: Operation;
  readonly messageId: string | null;
  readonly content: Content | null;
  readonly createdAt: number;
  parts: readonly (Part | null)[] | null;
  part: number;
  thread: string | null;
  status: DeliveryStatus;
  attempts: number;
  unended: number;
  looks: number;
  triedAt: number | null;
  nextAt: number;
  settleAt: number | null;
  owner: string | null;
  claimUntil: number | null;
  fault: Fault | null;
  gapId: string | null;
  readonly isDigest: boolean;
  /** In which digest it is said; of a digest, itself. */
  digestId: string | null;
  again: readonly number[] | null;
  lost: number;
}

export interface UnsweptRow {
  readonly deliveryId: string;
  readonly part: number;
  readonly mirrorId: string;
  nativeId: string | null;
  readonly at: number;
  readonly saidAt: number;
  seen: boolean;
  looks: number;
  dueAt: number;
}

export interface LaneRow {
  readonly instance: string;
  readonly tenant: string;
  readonly lane: string;
  seq: number;
  done: number;
  owner: string | null;
  leaseUntil: number | null;
  retryAt: number | null;
}

export interface InboxRow {
  readonly instance: string;
  readonly tenant: string;
  readonly envelopeId: string;
  readonly lane: string;
  readonly seq: number;
  readonly occurredAt: number;
  readonly admittedAt: number;
  readonly gapId: string | null;
  readonly body: ChatEvent;
  claims: number;
  owner: string | null;
  status: 'waiting' | 'done' | 'quarantined';
  problem: string | null;
}

export interface CopyRow {
  readonly mirrorId: string;
  readonly nativeId: string;
  readonly messageId: string | null;
  readonly part: number;
}

export interface MessageRow {
  readonly id: string;
  readonly incidentId: string;
  readonly author: ActorFact;
  text: string;
  deletedAt: number | null;
}

export interface GapRow {
  readonly id: string;
  readonly mirrorId: string;
  from: number;
  to: number | null;
  state: 'open' | 'reading' | 'merging' | 'posting' | 'closed';
  parked: boolean;
  cursor: string | null;
  notBefore: number | null;
  keptFrom: number | null;
  untold: readonly MarkKind[] | null;
  upTo: number | null;
  lastPosition: number | null;
}

export type LogRow = NewEvent & { readonly seq: number };

/** PostgreSQL would refuse it, and undo the transaction. */
export class Violated extends Error {}

/**
 * The tables that workers share, for as long as one schedule lasts. Everything here is done one after the other, so what
 * PostgreSQL's locks allow beside each other is not seen; what each statement answers is held equal by `equal.spec.ts`.
 */
export class Tables {
  readonly mirrors = new Map<string, MirrorRow>();
  readonly deliveries = new Map<string, DeliveryRow>();
  readonly lanes = new Map<string, LaneRow>();
  readonly inbox = new Map<string, InboxRow>();
  readonly copies = new Map<string, CopyRow>();
  readonly messages = new Map<string, MessageRow>();
  readonly gaps = new Map<string, GapRow>();
  readonly log = new Map<string, LogRow[]>();
  readonly unswept = new Map<string, UnsweptRow>();
  readonly leases = new Map<string, { owner: string; until: number }>();
  readonly putAside = new Map<string, string>();
  /** What the detector believes of each chat; of one that nobody watches, nothing. */
  readonly health = new Map<string, { readonly isDoubted: boolean; readonly provenAt: number | null }>();
  /** Follows what is appended, in the same breath. */
  follower: (incidentId: string, event: LogRow) => void = () => undefined;
  /** Envelopes, each time that one was handled for good. */
  readonly handled: string[] = [];
  private undo: (() => void)[] | null = null;
  private busy: Promise<unknown> | null = null;
  private ids = 0;

  /** `without`: a rule of the statements that is not kept here. */
  constructor(
    readonly now: () => number,
    readonly without: Rule | null = null,
  ) {}

  /** A statement of its own. */
  run<T>(statement: () => T): Promise<T> {
    return this.busy ? this.busy.then(() => this.run(statement)) : Promise.resolve(statement());
  }

  /** All of the work or nothing. Ends without it when whoever asked dies. */
  async transaction<T>(died: Promise<never>, work: () => Promise<T>): Promise<T> {
    while (this.busy) await this.busy;
    const undo: (() => void)[] = [];
    this.undo = undo;
    // Whoever dies in it gets no further; what it had begun to say in the same moment is undone with it.
    const dead = died.catch((why: unknown) => new Promise<never>((_, reject) => afterwards(() => reject(why as Error))));
    const turn = Promise.race([work(), dead]).catch((error: unknown) => {
      if (this.without !== 'all of a transaction or nothing') for (const back of undo.reverse()) back();
      throw error;
    });
    const over = turn.then(
      () => undefined,
      () => undefined,
    );
    this.busy = over;
    try {
      return await turn;
    } finally {
      this.undo = null;
      this.busy = null;
    }
  }

  change<Row extends object>(row: Row, to: Partial<Row>): void {
    const before: Partial<Row> = {};
    for (const key of Object.keys(to) as (keyof Row)[]) before[key] = row[key];
    this.undo?.push(() => Object.assign(row, before));
    Object.assign(row, to);
  }

  add<Row>(table: Map<string, Row>, key: string, row: Row): void {
    this.undo?.push(() => table.delete(key));
    table.set(key, row);
  }

  remove<Row>(table: Map<string, Row>, key: string): void {
    const row = table.get(key);
    if (row === undefined) return;
    this.undo?.push(() => table.set(key, row));
    table.delete(key);
  }

  /** @throws Violated when the stream has this event already */
  append(incidentId: string, event: NewEvent): number {
    const stream = this.log.get(incidentId) ?? [];
    if (stream.some(({ id }) => id === event.id)) throw new Violated('event_once');
    this.log.set(incidentId, stream);
    const seq = stream.length + 1;
    const row = { ...event, seq };
    stream.push(row);
    this.undo?.push(() => stream.pop());
    this.follower(incidentId, row);
    return seq;
  }

  handle(envelopeId: string): void {
    this.handled.push(envelopeId);
    this.undo?.push(() => this.handled.pop());
  }

  newId(): string {
    return `00000000-0000-4000-8000-${String(++this.ids).padStart(12, '0')}`;
  }
}

export const UNFINISHED: readonly DeliveryStatus[] = ['pending', 'sending', 'unknown'];
export const keyOf = (...names: readonly string[]): string => names.join('\n');
