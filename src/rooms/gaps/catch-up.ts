import type { Chats } from '#src/platform/chats/chats';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Inbox } from '#src/platform/inbox/inbox';
import type { Log } from '#src/platform/logging/logging';
import { type Clock, REAL_CLOCK, within } from '#src/platform/loops/clock';
import { Loop } from '#src/platform/loops/loop';
import { isGone } from '../gone-room.ts';
import type { Gap } from './gap-store.ts';
import type { Gaps } from './gaps.ts';

const POLL_MS = 500;
const CALL_TIMEOUT_MS = 10_000;
const PAGE = 200;
/** Read from a little before the gap: what is known already is passed over by its id. */
const OVERLAP_MS = 60_000;

/**
 * Merges two histories after an outage, mirror by mirror:
 *
 *   reading   the chat's history since before the gap goes through the same inbox as live events, under the same ids
 *   merging   until every one of them is in the log
 *   posting   until what waited here has been said there, in order
 *   closed    and the room is told what was exchanged
 *
 * Each step is kept in a row, so whoever goes on after a crash goes on there. Doing a step twice changes nothing.
 */
export class CatchUp {
  private readonly loop: Loop;
  private readonly deaf: () => void;
  private readonly stopping = new AbortController();

  constructor(
    private readonly gaps: Gaps,
    private readonly inbox: Pick<Inbox, 'admit'>,
    private readonly chats: Pick<Chats, 'get'>,
    private readonly doorbell: Pick<Doorbell, 'listen' | 'ring'>,
    private readonly log: Log,
    private readonly clock: Clock = REAL_CLOCK,
  ) {
    this.loop = new Loop('catch up', POLL_MS, () => this.goOn(), log, clock);
    this.deaf = doorbell.listen('mirrors', () => this.loop.wake());
  }

  start(): void {
    this.loop.start();
  }

  async stop(): Promise<void> {
    this.deaf();
    this.stopping.abort();
    await this.loop.stop();
  }

  private async goOn(): Promise<void> {
    for (const gap of await this.gaps.toClose()) {
      try {
        if (gap.state === 'reading') await this.read(gap);
        else if (gap.state === 'merging') await this.merge(gap);
        else await this.gaps.close(gap);
      } catch (error) {
        this.log.warn({ gap: gap.id, state: gap.state, error }, 'gap could not be closed yet, will go on');
      }
    }
  }

  private async read(gap: Gap): Promise<void> {
    const chat = this.chats.get(gap.instance);
    if (!chat) return;
    const history = chat.adapter.history;
    if (gap.room === null) return this.gaps.allRead(gap, null);
    // In a doubt that came to nothing it was heard live; when the chat was down nobody knows what was said there.
    if (!history) return this.gaps.allRead(gap, gap.parked ? gap.to : null);
    if (gap.notBefore && gap.notBefore.getTime() > this.clock.now()) return;

    let { cursor } = gap;
    let keptFrom: Date | null;
    for (;;) {
      const query = {
        room: { adapter: gap.instance, tenant: gap.tenant, room: gap.room },
        after: gap.from.getTime() - OVERLAP_MS,
        ...(cursor ? { cursor } : {}),
        limit: PAGE,
      };
      const page = await within(this.clock, CALL_TIMEOUT_MS, this.stopping.signal, (signal) => history.page(query, signal));
      if (page.outcome === 'refused' && isGone(page.fault)) {
        this.log.error({ gap: gap.id, fault: page.fault.code }, 'the room is gone from its chat, its history cannot be read');
        return this.gaps.allRead(gap, gap.to);
      }
      if (page.outcome !== 'done') {
        this.log.warn({ gap: gap.id, fault: page.fault.code }, 'history could not be read, will go on');
        return;
      }
      await this.inbox.admit(gap.instance, page.value.envelopes, gap.id);
      keptFrom = dateOf(page.value.keptFrom);
      if (page.value.complete || !page.value.cursor) break;
      cursor = page.value.cursor;
      const notBefore = dateOf(page.value.notBefore);
      if (!(await this.gaps.keepPlace(gap, { cursor, notBefore, keptFrom })) || notBefore) return;
    }
    await this.gaps.allRead(gap, keptFrom);
    this.loop.wake();
  }

  private async merge(gap: Gap): Promise<void> {
    if (!(await this.gaps.startPosting(gap))) return;
    this.doorbell.ring({ topic: 'deliveries', id: gap.mirrorId });
    this.loop.wake();
  }
}

const dateOf = (at: number | undefined): Date | null => (at === undefined ? null : new Date(at));
