import { setTimeout as sleep } from 'node:timers/promises';
import { Gauge, Registry } from 'prom-client';
import { STATE_OF_WAY } from '#src/notifications/ways.queries';
import { WAY_STATES } from '#src/notifications/notifications.types';
import { type Database, rows } from '#src/platform/database/database';
import { QUIET_BEFORE } from '#src/platform/followers/follow';

/**
 * One gauge, and the question whose rows are its values: `value`, and a column for each label. Chats that somebody
 * practises with come and go, and would be a label each time: they are left out.
 */
interface Figure {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  readonly sql: string;
}

const AGE = (since: string): string => `extract(epoch from clock_timestamp() - min(${since}))::float8`;

/**
 * The streams that a follower `f` has not come to the end of: how many events it is short of, and since when. A question
 * within a question is answered by an index, for these streams alone; a join may read all that was ever said.
 */
const BEHIND = `(
  select s.seq - done.seq as many, (select e.at from event e where e.stream_id = s.id and e.seq = done.seq + 1) as since
    from stream s cross join lateral (
           select coalesce((select c.seq from follower_cursor c where c.follower = f.name and c.stream_id = s.id), 0) as seq) done
   where s.last_at > ${QUIET_BEFORE} and s.seq > done.seq)`;

/** What is over for good fills tables for years: each question reads only what an index has of the rest. */
export const FIGURES: readonly Figure[] = [
  {
    name: 'muster_inbox_waiting',
    help: 'What chats told us and is not handled yet',
    labels: ['chat'],
    sql: `select ci.id as chat,
                 ((select count(*) from inbox b where b.instance = ci.id and b.kind = 'interaction' and b.status = 'waiting')
                  + (select coalesce(sum(l.seq - l.done), 0) from inbox_lane l where l.instance = ci.id and l.done < l.seq))::int as value
            from chat_instance ci where not ci.pretend`,
  },
  {
    name: 'muster_inbox_oldest_seconds',
    help: 'Since when the oldest of it waits',
    labels: ['chat'],
    sql: `select ci.id as chat, coalesce(${AGE('waiting.since')}, 0) as value from chat_instance ci left join lateral (
            select min(b.admitted_at) as since from inbox b where b.instance = ci.id and b.kind = 'interaction' and b.status = 'waiting'
            union all
            select next.admitted_at from inbox_lane l, lateral (
              select b.admitted_at from inbox b where b.instance = l.instance and b.tenant = l.tenant and b.lane = l.lane and b.kind = 'event'
                 and b.seq > l.done order by b.seq limit 1) next where l.instance = ci.id and l.done < l.seq
          ) waiting on true where not ci.pretend group by ci.id`,
  },
  {
    name: 'muster_deliveries',
    help: 'What a chat is to be told and has no good end yet, by its state; needs-a-person waits for one',
    labels: ['chat', 'state'],
    sql: `with unfinished as (
            select m.instance, d.status, count(*)::int as many from delivery d join mirror m on m.id = d.mirror_id
             where d.status in ('pending', 'sending', 'unknown', 'needs-a-person') group by m.instance, d.status)
          select ci.id as chat, s.state, coalesce(u.many, 0) as value
            from chat_instance ci cross join unnest(array['pending', 'sending', 'unknown', 'needs-a-person']) as s(state)
            left join unfinished u on u.instance = ci.id and u.status = s.state where not ci.pretend`,
  },
  {
    name: 'muster_deliveries_oldest_seconds',
    help: 'Since when the oldest of what is to be told waits',
    labels: ['chat'],
    sql: `select ci.id as chat, coalesce(${AGE('d.created_at')}, 0) as value from chat_instance ci
            left join (delivery d join mirror m on m.id = d.mirror_id and m.state not in ('archived', 'shut-out')) on m.instance = ci.id and d.status in ('pending', 'sending', 'unknown')
           where not ci.pretend group by ci.id`,
  },
  {
    name: 'muster_chat_calls',
    help: 'Calls to a chat within the last five minutes, by how they ended: good or bad',
    labels: ['chat', 'outcome'],
    sql: `select ci.id as chat, o.outcome, count(c.at)::int as value
            from chat_instance ci cross join (values ('good', true), ('bad', false)) as o(outcome, good)
            left join chat_call c on c.instance = ci.id and c.good = o.good and c.at > clock_timestamp() - interval '5 minutes'
           where not ci.pretend group by ci.id, o.outcome`,
  },
  {
    name: 'muster_chat_state',
    help: 'Workspaces of a chat that the detector sees in this state',
    labels: ['chat', 'state'],
    sql: `select ci.id as chat, s.state, count(h.tenant)::int as value
            from chat_instance ci cross join unnest(array['ok', 'suspect', 'down', 'recovering']) as s(state)
            left join surface_health h on h.instance = ci.id and h.state = s.state where not ci.pretend group by ci.id, s.state`,
  },
  {
    name: 'muster_gaps_open',
    help: 'Outages whose two histories are not merged yet',
    labels: ['chat'],
    sql: `select ci.id as chat, count(g.id)::int as value from chat_instance ci
            left join (gap g join mirror m on m.id = g.mirror_id) on m.instance = ci.id and g.state <> 'closed' where not ci.pretend group by ci.id`,
  },
  {
    name: 'muster_quarantined',
    help: 'What could not be handled and waits for an admin',
    labels: ['kind'],
    sql: `select k.kind, count(q.id)::int as value from unnest(array['inbox', 'follower', 'delivery', 'webhook']) as k(kind)
            left join quarantine q on q.kind = k.kind and q.state in ('aside', 'replaying') group by k.kind`,
  },
  {
    name: 'muster_follower_behind',
    help: 'Events that a follower has not acted on yet',
    labels: ['follower'],
    sql: `select f.name as follower, coalesce(sum(late.many), 0)::int as value from follower f left join lateral ${BEHIND} late on true group by f.name`,
  },
  {
    name: 'muster_follower_oldest_seconds',
    help: 'Since when the oldest of them waits',
    labels: ['follower'],
    sql: `select f.name as follower, coalesce(${AGE('late.since')}, 0) as value from follower f left join lateral ${BEHIND} late on true group by f.name`,
  },
  {
    name: 'muster_notice_ways',
    help: 'Ways by which people are told that a chat is down, by whether they are known to work',
    labels: ['state'],
    sql: `select s.state, count(w.id)::int as value from unnest(string_to_array('${WAY_STATES.join()}', ',')) as s(state)
            left join (select w.id, ${STATE_OF_WAY} as state from notice_way w) w using (state) group by s.state`,
  },
  {
    name: 'muster_notices',
    help: 'What people are to be told by them: what waits, and what was in vain within an hour',
    labels: ['status'],
    sql: `select s.status, count(n.id)::int as value from unnest(array['waiting', 'failed']) as s(status)
            left join notice n on s.status = case when n.status = 'sending' then 'waiting' else n.status end
              and (n.status <> 'failed' or n.ended_at > clock_timestamp() - interval '1 hour') group by s.status`,
  },
  {
    name: 'muster_webhooks',
    help: 'Webhooks by whether they are on, or why they are not',
    labels: ['state'],
    sql: `select s.state, count(w.id)::int as value from unnest(array['on', 'person', 'gone', 'failed', 'restored']) as s(state)
            left join webhook w on coalesce(w.off, 'on') = s.state group by s.state`,
  },
  {
    name: 'muster_webhooks_waiting',
    help: 'Events that webhooks are still to be sent, with those between them that they did not ask for',
    labels: [],
    sql: `select coalesce(sum(upto - done), 0)::int as value from webhook_waiting`,
  },
  {
    name: 'muster_webhooks_oldest_seconds',
    help: 'Since when the oldest of them waits',
    labels: [],
    sql: `select coalesce(${AGE('e.at')}, 0) as value from webhook_waiting v join event e on e.stream_id = v.incident_id and e.seq = v.done + 1`,
  },
  {
    name: 'muster_webhook_requests',
    help: 'Requests to webhooks within the last five minutes, by what became of them',
    labels: ['outcome'],
    sql: `select o.outcome, count(a.id)::int as value from unnest(array['sending', 'received', 'failed', 'unknown']) as o(outcome)
            left join webhook_attempt a on a.outcome = o.outcome and a.at > clock_timestamp() - interval '5 minutes' group by o.outcome`,
  },
  {
    name: 'muster_processes',
    help: 'Processes that said within fifteen seconds that they live, by what they do',
    labels: ['roles'],
    sql: `select array_to_string(roles, '+') as roles, count(*)::int as value from process_seen
           where seen_at > clock_timestamp() - interval '15 seconds' group by 1`,
  },
  {
    name: 'muster_event_loop_delay_seconds',
    help: 'Nine of ten turns of the event loop were late by less than this, of the slowest such process',
    labels: ['roles'],
    sql: `select array_to_string(roles, '+') as roles, max((load ->> 'loopDelayMs')::float8) / 1000 as value from process_seen
           where seen_at > clock_timestamp() - interval '15 seconds' group by 1`,
  },
  {
    name: 'muster_database_pool_waiting',
    help: 'Questions that wait for a connection to the database, of the process with the most',
    labels: ['roles'],
    sql: `select array_to_string(roles, '+') as roles, max((load ->> 'poolWaiting')::int) as value from process_seen
           where seen_at > clock_timestamp() - interval '15 seconds' group by 1`,
  },
];

/** Prometheus gives a scrape ten seconds. A database that is not quicker is to be reported as away. */
const AT_MOST_MS = 3_000;

export interface SharedMetrics {
  readonly text: string;
  /** False when the database did not answer, or not all in time: the rest is in the text. */
  readonly isWhole: boolean;
}

/** What all processes have in common, asked of the database: the same from whichever process answers. */
export async function sharedMetrics(database: Database): Promise<SharedMetrics> {
  const registry = new Registry();
  const isOver = new AbortController();
  const late = sleep(AT_MOST_MS, false, { signal: isOver.signal }).catch(() => false);
  try {
    const isWhole = await Promise.race([ask(database, registry).catch(() => false), late]);
    return { text: await registry.metrics(), isWhole };
  } finally {
    isOver.abort();
  }
}

/** A question that is not answered within the time for all of them is ended, and is the last. */
async function ask(database: Database, registry: Registry): Promise<boolean> {
  const end = performance.now() + AT_MOST_MS;
  return database.transaction(async (tx) => {
    registry.clear();
    for (const { name, help, labels, sql } of FIGURES) {
      const left = Math.floor(end - performance.now());
      if (left <= 0) return false;
      await tx.query(`set local statement_timeout = ${left}`);
      const found = await rows<Record<string, string | number>>(tx, sql);
      const gauge = new Gauge({ name, help, labelNames: [...labels], registers: [registry] });
      for (const row of found) gauge.set(Object.fromEntries(labels.map((label) => [label, String(row[label])])), Number(row['value']));
    }
    return true;
  });
}
