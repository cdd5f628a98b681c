import type { AdmittedTrouble, StatusFeed } from '@musterhq/chat-port';
import type { Chat, Chats } from '#src/platform/chats/chats';
import type { Database } from '#src/platform/database/database';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { Log } from '#src/platform/logging/logging';
import { Loop } from '#src/platform/loops/loop';
import type { Addresses } from '#src/platform/outgoing/addresses';
import { get } from '#src/platform/outgoing/get';
import { presentable } from './admitted.ts';

/** How often it is looked whether one is due. */
const LOOK_MS = 1_000;
const EVERY_MS = 60_000;
/** At a chat's own pace, but never oftener. */
const LEAST_MS = 1_000;
/** However long it wants to be left alone, it is asked again then. */
const MOST_PATIENT_MS = 15 * 60_000;
const MOST_BYTES = 256 * 1024;

type Heard = { readonly admitted: AdmittedTrouble[] } | { readonly problem: string; readonly retryAfterMs?: number };

/**
 * Asks platforms what they say in public of how they are, where the adapter knows such a place. That explains what Muster sees
 * itself; it never makes a chat `down` and never holds one up, so the detector knows nothing of it (ADR 0054).
 *
 * Whoever writes down that a platform was asked, asks it: of several processes one. Nothing is asked inside a transaction.
 */
export class StatusFeeds {
  private readonly loop: Loop;
  private stopping = new AbortController();
  /** What was said of each last, so that it is said once. */
  private readonly problems = new Map<string, string | null>();

  constructor(
    private readonly database: Database,
    private readonly chats: Chats,
    private readonly addresses: Addresses,
    private readonly doorbell: Doorbell,
    private readonly log: Log,
  ) {
    this.loop = new Loop('status-feeds', LOOK_MS, () => this.askDue(), log);
  }

  start(): void {
    this.stopping = new AbortController();
    this.loop.start();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop.stop();
  }

  private async askDue(): Promise<void> {
    await Promise.all(this.chats.all().map((chat) => this.askIfDue(chat)));
  }

  /** One that cannot be asked keeps no other from being asked. */
  private async askIfDue(chat: Chat): Promise<void> {
    const { statusFeed } = chat.adapter;
    if (!statusFeed || !(await this.isMine(chat))) return;
    const heard = await this.ask(statusFeed);
    if (this.stopping.signal.aborted) return;
    await this.keep(chat, heard);
  }

  /** Whether it is due, and this process the one that asks. */
  private async isMine({ id, pace }: Chat): Promise<boolean> {
    const claimed = await this.database.query(
      `insert into status_feed as f (instance, asked_at) select id, clock_timestamp() from chat_instance where id = $1
       on conflict (instance) do update set asked_at = excluded.asked_at
        where f.asked_at <= clock_timestamp() - $2::float8 * interval '1 millisecond' and (f.not_before is null or f.not_before <= clock_timestamp())
       returning 1`,
      [id, Math.max(EVERY_MS / pace, LEAST_MS)],
    );
    return claimed.length > 0;
  }

  private async ask(feed: StatusFeed): Promise<Heard> {
    try {
      const got = await get(feed.address(), this.addresses, this.stopping.signal, MOST_BYTES);
      if (got.problem !== null) return got;
      const admitted = feed.read(got.body);
      return admitted === null ? { problem: 'What it answered is not what Muster knows to read.' } : { admitted: presentable(admitted) };
    } catch {
      return { problem: 'The adapter of this chat failed when it was asked where to look.' };
    }
  }

  /** An answer replaces the one before; that there is none leaves it, with its time. */
  private async keep({ id }: Chat, heard: Heard): Promise<void> {
    const admitted = 'admitted' in heard ? JSON.stringify(heard.admitted) : null;
    const [problem, wait] = 'admitted' in heard ? [null, null] : [heard.problem, Math.min(heard.retryAfterMs ?? 0, MOST_PATIENT_MS)];
    const [before] = await this.database.query<{ changed: boolean }>(
      `with before as (select admitted from status_feed where instance = $1)
       update status_feed f
          set heard_at = case when $2::jsonb is null then f.heard_at else clock_timestamp() end, admitted = coalesce($2::jsonb, f.admitted), problem = $3,
              not_before = clock_timestamp() + $4::float8 * interval '1 millisecond'
         from before where f.instance = $1 returning f.admitted <> before.admitted as changed`,
      [id, admitted, problem, wait],
    );
    // Rooms that are in trouble with it show what it says of that.
    if (before?.changed) this.doorbell.ring({ topic: 'mirrors', id });
    if (problem !== (this.problems.get(id) ?? null)) {
      this.problems.set(id, problem);
      if (problem === null) this.log.info({ instance: id }, 'platform says how it is again');
      else this.log.info({ instance: id, problem }, 'platform does not say how it is');
    }
  }
}
