import type { Fault } from '@musterhq/chat-port';
import { uuidv7 } from 'uuidv7';
import type { Chats } from '#src/platform/chats/chats';
import { type Database, afterCommit } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Inbox } from '#src/platform/inbox/inbox';
import { MUSTER } from '#src/platform/log/event.types';
import type { StreamLog } from '#src/platform/log/log';
import type { Log } from '#src/platform/logging/logging';
import { Loop } from '#src/platform/loops/loop';
import type { GapClosed } from '../rooms.events.ts';
import {
  type Gap,
  allRead,
  closeGap,
  gapsToClose,
  inboundOf,
  keepPlace,
  lockGap,
  outboundOf,
  startPosting,
  unmerged,
  unsaid,
} from './gap-store.ts';
import { ofMirror } from './mirror-trouble.service.ts';

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

  constructor(
    private readonly database: Database,
    private readonly streams: StreamLog,
    private readonly inbox: Inbox,
    private readonly chats: Chats,
    private readonly doorbell: Doorbell,
    private readonly log: Log,
  ) {
    this.loop = new Loop('catch up', POLL_MS, () => this.goOn(), log);
    this.deaf = doorbell.listen('mirrors', () => this.loop.wake());
  }

  start(): void {
    this.loop.start();
  }

  async stop(): Promise<void> {
    this.deaf();
    await this.loop.stop();
  }

  private async goOn(): Promise<void> {
    for (const gap of await gapsToClose(this.database)) {
      try {
        if (gap.state === 'reading') await this.read(gap);
        else if (gap.state === 'merging') await this.merge(gap);
        else await this.finish(gap);
      } catch (error) {
        this.log.warn({ gap: gap.id, state: gap.state, error }, 'gap could not be closed yet, will go on');
      }
    }
  }

  private async read(gap: Gap): Promise<void> {
    const chat = this.chats.get(gap.instance);
    if (!chat) return;
    const history = chat.adapter.history;
    if (gap.room === null || !history) return allRead(this.database, gap);
    if (gap.notBefore && gap.notBefore.getTime() > Date.now()) return;

    let cursor = gap.cursor;
    for (;;) {
      const page = await history.page(
        {
          room: { adapter: gap.instance, tenant: gap.tenant, room: gap.room },
          after: gap.from.getTime() - OVERLAP_MS,
          ...(cursor ? { cursor } : {}),
          limit: PAGE,
        },
        AbortSignal.timeout(CALL_TIMEOUT_MS),
      );
      if (page.outcome === 'refused' && isGone(page.fault)) {
        this.log.error({ gap: gap.id, fault: page.fault.code }, 'the room is gone from its chat, its history cannot be read');
        return allRead(this.database, gap);
      }
      if (page.outcome !== 'done') {
        this.log.warn({ gap: gap.id, fault: page.fault.code }, 'history could not be read, will go on');
        return;
      }
      await this.inbox.admit(gap.instance, page.value.envelopes, gap.id);
      if (page.value.complete || !page.value.cursor) break;
      cursor = page.value.cursor;
      const isCurrent = await keepPlace(this.database, gap, cursor, page.value.notBefore ? new Date(page.value.notBefore) : null);
      if (!isCurrent || page.value.notBefore) return;
    }
    await allRead(this.database, gap);
    this.loop.wake();
  }

  private async merge(gap: Gap): Promise<void> {
    await this.database.transaction(async (tx) => {
      const locked = await lockGap(tx, gap.id, 'merging');
      if (!locked || (await unmerged(tx, locked))) return;
      await startPosting(tx, locked);
      afterCommit(tx, () => {
        this.doorbell.ring({ topic: 'deliveries', id: gap.mirrorId });
        this.loop.wake();
      });
    });
  }

  private async finish(gap: Gap): Promise<void> {
    await this.database.transaction(async (tx) => {
      const locked = await lockGap(tx, gap.id, 'posting');
      if (!locked || (await unsaid(tx, locked))) return;
      const inbound = await inboundOf(tx, locked);
      const outbound = await outboundOf(tx, locked);
      await closeGap(tx, locked);
      if (!locked.parked && inbound === 0) return;

      const of = ofMirror({ id: gap.mirrorId, surface: gap.surface }, gap);
      const data: GapClosed = { ...of, from: gap.from.toISOString(), to: gap.to.toISOString(), inbound, outbound };
      if (locked.parked)
        await this.streams.append(tx, gap.incidentId, { id: uuidv7(), type: 'mirror.resumed', by: null, via: MUSTER, data: of });
      await this.streams.append(tx, gap.incidentId, { id: uuidv7(), type: 'gap.closed', by: null, via: MUSTER, data });
    });
  }
}

/** Reading again will not help: somebody deleted the room, or took us out of it. */
const isGone = ({ code }: Fault): boolean => ['not-found', 'closed', 'forbidden', 'unsupported'].includes(code);
