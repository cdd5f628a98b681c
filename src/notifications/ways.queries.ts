import type { Database } from '#src/platform/database/database';
import type { WayId, WayKind, WayList, WayMade, WaySettings, WayState, WayView } from './notifications.types.ts';
import { hostOf } from './usable-settings.ts';

interface Row {
  readonly id: WayId;
  readonly kind: WayKind;
  readonly name: string;
  readonly settings: WaySettings;
  readonly off: 'person' | 'restored' | null;
  readonly off_at: Date | null;
  readonly answered_at: Date | null;
  readonly proven_at: Date | null;
  readonly state: WayState;
  readonly problem: string | null;
  readonly created_at: Date;
  readonly told: number;
  readonly waiting: number;
  readonly failed: number;
}

/**
 * How long a proof counts. A mail is proven by whoever gets one, which nobody does every day; the others prove themselves, and
 * missed it at least twice when it is over.
 */
const FRESH = `(case w.kind when 'smtp' then interval '30 days' when 'pagerduty' then interval '13 hours' else interval '1 hour' end)`;

/** Of a row `w`: how it is. */
export const STATE_OF_WAY = `case when w.off is not null then 'off' when w.problem is not null then 'failing' when w.proven_at is null then 'unproven'
  when w.proven_at > clock_timestamp() - ${FRESH} then 'proven' else 'stale' end`;

/** What admins read of the ways: never a secret, never what was said or to whom. */
export class WayQueries {
  constructor(private readonly database: Database) {}

  /** The oldest first; one alone if it is named. */
  async list(id: WayId | null = null): Promise<WayView[]> {
    const found = await this.database.query<Row>(
      `select w.*, ${STATE_OF_WAY} as state, n.*
         from notice_way w, lateral (
           select count(*) filter (where status = 'told')::int as told, count(*) filter (where status in ('waiting', 'sending'))::int as waiting,
                  count(*) filter (where status = 'failed')::int as failed from notice where way_id = w.id) n
        where $1::uuid is null or w.id = $1 order by w.created_at, w.id`,
      [id],
    );
    return found.map(toView);
  }
}

/** With whether people would be told, and if not, what to do about it. */
export function withAdvice(ways: readonly WayView[], chats: WayList['chats']): WayList {
  const proven = ways.filter(({ state }) => state === 'proven');
  const hosts = new Set(proven.map(({ needs }) => needs));
  return { ways: [...ways], enough: hosts.size >= 2, say: adviceFor(ways, proven, hosts.size), chats };
}

function adviceFor(ways: readonly WayView[], proven: readonly WayView[], hosts: number): string {
  if (hosts >= 2) return `People are told by ${proven.length} ways that are known to work.`;
  if (ways.length === 0) return 'Nobody is told when a chat is down. Set up at least two ways that do not need the same host.';
  if (proven.length > 1)
    return `All ways that are known to work need ${proven[0]?.needs ?? ''}. Set up one at another host, so that one outage cannot silence both.`;
  const only = proven[0] ? `Only "${proven[0].name}" is known to work.` : 'No way is known to work.';
  const next = ways.find(({ state }) => state !== 'proven');
  return `${only} ${next ? `Look at "${next.name}".` : 'Set up another one, at another host.'}`;
}

/** What was made, with what is shown this once. */
export const madeOf = (way: WayView, secret: string | null): WayMade => ({ ...way, secret });

const toView = (row: Row): WayView => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  settings: row.settings,
  needs: hostOf(row.settings),
  state: row.state,
  off: row.off && row.off_at ? { why: row.off, since: row.off_at.toISOString() } : null,
  answeredAt: row.answered_at?.toISOString() ?? null,
  provenAt: row.proven_at?.toISOString() ?? null,
  problem: row.problem,
  madeAt: row.created_at.toISOString(),
  told: row.told,
  waiting: row.waiting,
  failed: row.failed,
});
