import type { Database, Tx } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Log } from '#src/platform/logging/logging';
import { withTrace } from '#src/platform/logging/trace';
import { Loop } from '#src/platform/loops/loop';
import { StreamLog } from '#src/platform/log/log';
import { TURNS } from '#src/platform/loops/turns';
import { putAside } from '#src/platform/quarantine/quarantine';
import { ALL_ON, type Work } from '#src/platform/shedding/work.types';
import { type InboxHandler, NotYet } from './inbox.types.ts';
import {
  type ClaimedItem,
  type Lane,
  CLAIMS_BEFORE_QUARANTINE,
  claimNext,
  finish,
  leaseLanes,
  postpone,
  putBack,
  releaseLane,
} from './lanes.ts';

const POLL_MS = 1_000;
const LANES_AT_ONCE = 4;
/** Then others have their turn: an hour's backlog of one room must not hold up the rest. */
const ITEMS_A_TURN = 50;

/**
 * Handles what the inbox holds: in order in each lane, several lanes at a time.
 *
 * An item that fails is tried again after a moment, and what is behind it waits; after the third attempt without an end
 * it is put aside with its reason and the lane goes on. One that was begun by a process which died is tried with nothing
 * beside it: if it kills again, nobody else is counted with it.
 */
export class InboxWorker {
  private readonly loop: Loop;
  private readonly deaf: () => void;
  private readonly streams: StreamLog;
  private stopping = false;

  constructor(
    private readonly database: Database,
    doorbell: Doorbell,
    private readonly handlers: readonly InboxHandler[],
    private readonly log: Log,
    private readonly work: Work = ALL_ON,
  ) {
    this.streams = new StreamLog(database, doorbell);
    this.loop = new Loop('inbox', POLL_MS, () => this.handleDue(), log);
    this.deaf = doorbell.listen('inbox', () => this.loop.wake());
  }

  start(): void {
    this.loop.start();
  }

  async stop(): Promise<void> {
    this.deaf();
    this.stopping = true;
    await this.loop.stop();
  }

  private async handleDue(): Promise<void> {
    while (this.work.isOn('inbox')) {
      const lanes = await leaseLanes(this.database, LANES_AT_ONCE);
      if (lanes.length === 0) return;
      const ended = await Promise.allSettled(lanes.map((lane) => this.empty(lane)));
      for (const one of ended) if (one.status === 'rejected') throw one.reason;
      if (this.stopping) return;
    }
  }

  private async empty(lane: Lane): Promise<void> {
    for (let n = 0; n < ITEMS_A_TURN && !this.stopping && this.work.isOn('inbox'); n++) {
      const step = (): Promise<'done' | 'later' | 'empty'> => this.next(lane);
      const how = await (n === 0 && lane.suspect ? TURNS.apart(step) : TURNS.shared(step));
      if (how === 'empty') return releaseLane(this.database, lane, true);
      if (how === 'later') break;
    }
    await releaseLane(this.database, lane, false);
  }

  private async next(lane: Lane): Promise<'done' | 'later' | 'empty'> {
    const item = await claimNext(this.database, lane);
    if (!item) return 'empty';
    return (await withTrace(item.trace, () => this.attempt(item))) ? 'done' : 'later';
  }

  private async attempt(item: ClaimedItem): Promise<boolean> {
    const facts = { instance: item.instance, lane: item.lane, envelope: item.envelopeId };
    if (item.claims > CLAIMS_BEFORE_QUARANTINE) {
      await this.putAside(item);
      this.log.error(facts, 'inbox item put aside after three attempts');
      return true;
    }
    try {
      await this.handle(item);
      this.log.debug({ ...facts, type: item.event.type }, 'inbox item handled');
      return true;
    } catch (error) {
      if (error instanceof NotYet) {
        await putBack(this.database, item);
        setTimeout(() => this.loop.wake(), 250).unref();
        return false;
      }
      this.log.warn({ ...facts, attempt: item.claims, error }, 'inbox item failed, will try again');
      await postpone(this.database, item, error);
      return false;
    }
  }

  private async handle(item: ClaimedItem): Promise<void> {
    const handlers = this.handlersOf(item);
    for (const handler of handlers) await handler.prepare?.(item);
    await this.database.transaction(async (tx) => {
      if (!(await finish(tx, item))) return;
      for (const handler of handlers) await handler.handle(tx, item);
    });
  }

  /** Telling of it may fail for the same reason as handling it: then it is put aside untold. */
  private async putAside(item: ClaimedItem): Promise<void> {
    const problem = item.problem ?? 'The process ended while handling it.';
    const key = [item.instance, item.tenant, item.envelopeId];
    const aside = async (tx: Tx, told: boolean): Promise<void> => {
      if (!(await finish(tx, item, problem))) return;
      if (told) for (const handler of this.handlersOf(item)) await handler.putAside?.(tx, item);
      await putAside(tx, this.streams, { kind: 'inbox', key, problem, tries: CLAIMS_BEFORE_QUARANTINE });
    };
    await this.database.transaction((tx) => aside(tx, true)).catch(() => this.database.transaction((tx) => aside(tx, false)));
  }

  private handlersOf({ event }: ClaimedItem): InboxHandler[] {
    return this.handlers.filter(({ types }) => types.includes(event.type));
  }
}
