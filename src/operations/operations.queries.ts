import type { Database } from '#src/platform/database/database';
import { type PageOf, cut, mustBeKnown } from '#src/platform/http/paging';
import type { QuarantineKind } from '#src/platform/quarantine/quarantine.types';
import type { Switchboard } from '#src/platform/shedding/switchboard';
import type { AsideView, Load, OperationsView, ProcessView, QueueView } from './operations.types.ts';

/** Three missed beats: it is gone, or so busy that it might as well be. */
const ALIVE_SECONDS = 15;
const MOST_ASIDE = 200;

interface AsideRow {
  readonly id: string;
  readonly kind: QuarantineKind;
  readonly name: string;
  readonly detail: string | null;
  readonly incident: string | null;
  readonly problem: string;
  readonly tries: number;
  readonly since: Date;
  readonly state: AsideView['state'];
  readonly outcome: string | null;
}

/** A key is read as what it is only where it is that: the planner may look at every row. */
const ASIDE = `
  select q.id, q.kind, q.problem, q.tries, q.since, q.state, q.outcome,
         coalesce(b.instance, w.name, q.key ->> 0) as name, coalesce(b.body ->> 'type', e.type, d.operation) as detail,
         coalesce(im.reference, i.reference) as incident
    from quarantine q
    left join inbox b on q.kind = 'inbox' and (b.instance, b.tenant, b.envelope_id) = (q.key ->> 0, q.key ->> 1, q.key ->> 2)
    left join event e on e.stream_id = case when q.kind in ('follower', 'webhook') then (q.key ->> 1)::uuid end
              and e.seq = case when q.kind in ('follower', 'webhook') then (q.key ->> 2)::bigint end
    left join delivery d on d.id = case when q.kind = 'delivery' then (q.key ->> 0)::uuid end
    left join webhook w on w.id = case when q.kind = 'webhook' then (q.key ->> 0)::uuid end
    left join mirror m on m.id = d.mirror_id or (q.kind = 'inbox' and m.instance = b.instance and m.tenant = b.tenant
              and m.room = coalesce(b.body #>> '{message,ref,room,room}', b.body #>> '{target,room,room}', b.body #>> '{via,room,room}'))
    left join announcement n on n.mirror_id = d.mirror_id
    left join incident im on im.id = coalesce(m.incident_id, n.incident_id)
    left join incident i on i.id = e.stream_id`;

/** What lies aside, oldest first. What a chat turned out to have after all is nobody's worry. */
export async function asideList(database: Database, { after, limit }: PageOf) {
  const found = await database.query<AsideRow>(
    `${ASIDE} where q.state in ('aside', 'replaying') and (d.id is null or d.status = 'needs-a-person')
        and ($2::uuid is null or (q.since, q.id) > (select last.since, last.id from quarantine last where last.id = $2))
      order by q.since, q.id limit $1`,
    [limit + 1, after ?? null],
  );
  await mustBeKnown(after, found, (id) => database.query('select 1 from quarantine where id = $1', [id]));
  const { shown, next, more } = cut(found, { after: after ?? null, limit }, ({ id }) => id);
  return { quarantine: shown.map(toAside), next, more };
}

export async function asideOne(database: Database, id: string): Promise<AsideView | null> {
  const [found] = await database.query<AsideRow>(`${ASIDE} where q.id = $1`, [id]);
  return found ? toAside(found) : null;
}

export async function operationsView(database: Database, switchboard: Switchboard): Promise<OperationsView> {
  const [processes, waiting, aside] = await Promise.all([
    processList(database),
    queues(database),
    asideList(database, { limit: MOST_ASIDE }),
  ]);
  return { processes, queues: waiting, quarantine: aside.quarantine, work: switchboard.all() };
}

async function processList(database: Database): Promise<ProcessView[]> {
  const found = await database.query<{
    id: string;
    roles: string[];
    host: string;
    pid: number;
    started_at: Date;
    seen_at: Date;
    alive: boolean;
    load: Load;
  }>(
    `select *, seen_at > clock_timestamp() - make_interval(secs => ${ALIVE_SECONDS}) as alive from process_seen
      where seen_at > clock_timestamp() - interval '10 minutes' order by roles, started_at`,
  );
  return found.map(({ id, roles, host, pid, started_at, seen_at, alive, load }) => ({
    id,
    roles,
    host,
    pid,
    startedAt: started_at.toISOString(),
    seenAt: seen_at.toISOString(),
    alive,
    load,
  }));
}

/** How much waits in each class of work, and since when its oldest. */
async function queues(database: Database): Promise<QueueView[]> {
  const found = await database.query<{ name: string; length: string; oldest: Date | null }>(
    `select 'Commands, buttons and forms from chats' as name, count(*) as length, min(admitted_at) as oldest
       from inbox where kind = 'interaction' and status = 'waiting'
     union all
     select 'Messages from chats', coalesce(sum(seq - done), 0), min(oldest) from inbox_lane l, lateral (
       select admitted_at as oldest from inbox b where b.instance = l.instance and b.tenant = l.tenant and b.lane = l.lane and b.kind = 'event'
          and b.seq > l.done order by b.seq limit 1) next where done < seq
     union all
     select 'Events for "' || f.name || '"', coalesce(sum(s.seq - coalesce(c.seq, 0)), 0), min(e.at)
       from follower f join stream s on true left join follower_cursor c on c.follower = f.name and c.stream_id = s.id
       left join event e on e.stream_id = s.id and e.seq = coalesce(c.seq, 0) + 1
      where s.seq > coalesce(c.seq, 0) group by f.name
     union all
     select case when d.lane = 'card' then 'Cards to ' else 'Words to ' end || max(m.surface) || case when bool_and(m.state = 'parked') then ', which is down' else '' end,
            count(*), min(d.created_at)
       from delivery d join mirror m on m.id = d.mirror_id and m.state not in ('archived', 'shut-out') where d.status in ('pending', 'sending', 'unknown') group by m.instance, d.lane
     union all
     select 'Events for webhooks', sum(v.upto - v.done), min(e.at)
       from webhook_waiting v left join event e on e.stream_id = v.incident_id and e.seq = v.done + 1 having count(*) > 0`,
  );
  return found.map(({ name, length, oldest }) => ({ name, length: Number(length), oldest: oldest?.toISOString() ?? null }));
}

function toAside(row: AsideRow): AsideView {
  const { id, kind, incident, problem, tries, since, state, outcome } = row;
  return {
    id,
    kind,
    what: whatOf(row),
    incident,
    problem,
    tries,
    since: since.toISOString(),
    state,
    outcome,
    missing: kind === 'webhook' && incident ? NEVER_TOLD : MISSING[kind],
  };
}

const MISSING: Record<QuarantineKind, string> = {
  inbox: 'What was said or asked there stays out of the room. Whoever wrote it has to say it again.',
  follower: 'What follows from this event is not done: a chat is not told of it. The room itself has it.',
  delivery: 'The chat is never told this. The room itself has it.',
  webhook: 'It stays off, and its receiver is told nothing. What happened is in the rooms, and can be sent when it is on again.',
};

const NEVER_TOLD = 'The receiver of the webhook is never told this. The room itself has it.';

function whatOf({ kind, name, detail }: AsideRow): string {
  if (kind === 'inbox') return `${FROM_CHAT[detail ?? ''] ?? 'Something'} from ${name}`;
  if (kind === 'follower') return `The event ${detail ?? 'that is gone'}, which "${name}" acts on`;
  if (kind === 'webhook' && detail) return `The event ${detail}, which the webhook "${name}" was to be told`;
  if (kind === 'webhook') return `The webhook "${name}", which is switched off`;
  return TO_CHAT[detail ?? ''] ?? 'Something for a chat';
}

const FROM_CHAT: Readonly<Record<string, string>> = {
  'message.created': 'A message',
  'message.edited': 'A changed message',
  'message.deleted': 'A message that was deleted',
  command: 'A command',
  action: 'A pressed button',
  form: 'A form that was sent',
  shortcut: 'A shortcut',
};

const TO_CHAT: Readonly<Record<string, string>> = {
  send: 'A message for a chat',
  card: 'The card of the incident in a chat',
  'open-room': 'The room of the incident in a chat, which could not be opened',
};
