import type { Tx } from '#src/platform/database/database';
import { Excuses } from '#src/platform/database/excuses';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Log } from '#src/platform/logging/logging';
import { withTrace } from '#src/platform/logging/trace';
import { type Clock, REAL_CLOCK } from '#src/platform/loops/clock';
import { Loop } from '#src/platform/loops/loop';
import { TURNS, type Turns } from '#src/platform/loops/turns';
import { ALL_ON, type Work } from '#src/platform/shedding/work.types';
import { CLAIMS_BEFORE_QUARANTINE, type ClaimedItem, type InboxHandler, type Lane, NotYet } from './inbox.types.ts';
import type { WaitingItems } from './waiting-items.ts';

const POLL_MS = 1_000;
const LANES_AT_ONCE = 4;
/** Then others have their turn: an hour's backlog of one room must not hold up the rest. */
const ITEMS_A_TURN = 50;
const NOT_YET_MS = 200;
/** A timer is not exact: what it wakes for is due by then. */
const A_MOMENT_MS = 50;

/**
 * Handles what the inbox holds: in order in each lane, several lanes at a time.
 *
 * An item that fails is tried again after a moment, and what is behind it waits; after the third attempt without an end
 * of which the database was not the cause (`Excuses`) it is put aside with its reason and the lane goes on. One that was begun by
 * a process which died is tried with nothing beside it: if it kills again, nobody else is counted with it.
 */
export class InboxWorker<Transaction = Tx> {
  private readonly loop: Loop;
  private readonly deaf: () => void;
  private readonly underWay = new Map<Lane, Promise<void>>();
  private stopping = false;
  private readonly excuses = new Excuses();

  constructor(
    private readonly waiting: WaitingItems<Transaction>,
    doorbell: Pick<Doorbell, 'listen'>,
    private readonly handlers: readonly InboxHandler<Transaction>[],
    private readonly log: Log,
    private readonly work: Work = ALL_ON,
    private readonly clock: Clock = REAL_CLOCK,
    private readonly turns: Turns = TURNS,
  ) {
    this.loop = new Loop('inbox', POLL_MS, () => this.handleDue(), log, clock);
    this.deaf = doorbell.listen('inbox', () => this.loop.wake());
  }

  start(): void {
    this.loop.start();
  }

  async stop(): Promise<void> {
    this.deaf();
    this.stopping = true;
    await this.loop.stop();
    await Promise.all(this.underWay.values());
  }

  /** As many lanes as there is room for. One that ends makes room for the next: a long one holds up itself and nobody else. */
  private async handleDue(): Promise<void> {
    while (!this.stopping && this.work.isOn('inbox') && this.underWay.size < LANES_AT_ONCE) {
      const lanes = await this.waiting.leaseLanes(LANES_AT_ONCE - this.underWay.size, [...this.underWay.keys()]);
      if (lanes.length === 0) return;
      for (const lane of lanes) this.underWay.set(lane, this.takeOn(lane));
    }
  }

  private async takeOn(lane: Lane): Promise<void> {
    const failed = (error: unknown): false => {
      this.log.warn({ lane: lane.lane, error }, 'inbox lane failed, will go on');
      return false;
    };
    const ended = await this.empty(lane).then(() => true, failed);
    this.underWay.delete(lane);
    // After a failure not at once: it was the database's, most likely.
    if (ended) this.loop.wake();
  }

  private async empty(lane: Lane): Promise<void> {
    for (let n = 0; n < ITEMS_A_TURN && !this.stopping && this.work.isOn('inbox'); n++) {
      const step = (): Promise<'done' | 'later' | 'empty'> => this.next(lane);
      const how = await (n === 0 && lane.suspect ? this.turns.apart(step) : this.turns.shared(step));
      if (how === 'empty') return this.waiting.releaseLane(lane, true);
      if (how === 'later') break;
    }
    await this.waiting.releaseLane(lane, false);
  }

  private async next(lane: Lane): Promise<'done' | 'later' | 'empty'> {
    const item = await this.waiting.claimNext(lane);
    if (!item) return 'empty';
    return (await withTrace(item.trace, () => this.attempt(item))) ? 'done' : 'later';
  }

  private async attempt(item: ClaimedItem): Promise<boolean> {
    const facts = { instance: item.instance, lane: item.lane, envelope: item.envelopeId };
    if (item.claims > CLAIMS_BEFORE_QUARANTINE) {
      await this.putAside(item);
      this.excuses.forget(keyOf(item));
      this.log.error(facts, 'inbox item put aside after three attempts');
      return true;
    }
    try {
      await this.handle(item);
      this.excuses.forget(keyOf(item));
      this.log.debug({ ...facts, type: item.event.type }, 'inbox item handled');
      return true;
    } catch (error) {
      const waitMs = this.uncounted(item, error);
      if (waitMs !== null) {
        await this.waiting.putBack(item, waitMs);
        this.clock.later(waitMs + A_MOMENT_MS, () => this.loop.wake());
        return false;
      }
      this.log.warn({ ...facts, attempt: item.claims, error }, 'inbox item failed, will try again');
      await this.waiting.postpone(item, error);
      return false;
    }
  }

  /** How long to wait after an attempt that was no fault of the item's; null when it counts. */
  private uncounted(item: ClaimedItem, error: unknown): number | null {
    return error instanceof NotYet ? NOT_YET_MS : this.excuses.waitMs(keyOf(item), error);
  }

  private async handle(item: ClaimedItem): Promise<void> {
    const handlers = this.handlersOf(item);
    for (const handler of handlers) await handler.prepare?.(item);
    await this.waiting.finish(item, async (tx) => {
      for (const handler of handlers) await handler.handle(tx, item);
    });
  }

  /** Telling of it may fail for the same reason as handling it: then it is put aside untold. */
  private async putAside(item: ClaimedItem): Promise<void> {
    const problem = item.problem ?? 'The process ended while handling it.';
    const tell = async (tx: Transaction): Promise<void> => {
      for (const handler of this.handlersOf(item)) await handler.putAside?.(tx, item);
    };
    await this.waiting.putAside(item, problem, tell).catch(() => this.waiting.putAside(item, problem, () => Promise.resolve()));
  }

  private handlersOf({ event }: ClaimedItem): InboxHandler<Transaction>[] {
    return this.handlers.filter(({ types }) => types.includes(event.type));
  }
}

const keyOf = ({ instance, lane, envelopeId }: ClaimedItem): string => JSON.stringify([instance, lane, envelopeId]);
