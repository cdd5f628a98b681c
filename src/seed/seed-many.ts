import pg from 'pg';
import { castOf } from './cast.ts';
import { REGIONS, SERVICES, TALK, TROUBLES } from './troubles.ts';

export interface ManyToSeed {
  readonly seed: number;
  readonly now: Date;
  readonly incidents: number;
  /** Said in one of them; the others are short. */
  readonly messages: number;
}

export interface ManySeeded {
  /** The one with all the messages. */
  readonly big: string;
  readonly events: number;
}

/** Of a short room. */
const SAID = 6;
const TALKERS = 8;

const LINES = [...TALK, ...TROUBLES.flatMap(({ seen, found, done }) => [...seen, ...found, ...done])];

/**
 * Many incidents and one room with many messages, as fast as PostgreSQL writes them: for measuring. Their logs are those of
 * incidents that were lived through, and the tables say what the logs say.
 */
export async function seedMany(url: string, { seed, now, incidents, messages }: ManyToSeed): Promise<ManySeeded> {
  const client = new pg.Client({ connectionString: url, application_name: 'muster seed' });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`select set_config('seed.seed', $1, true), set_config('seed.now', $2, true)`, [String(seed), now.toISOString()]);
    await client.query(
      'insert into person (id, name, role) select * from unnest($1::uuid[], $2::text[], $3::text[]) on conflict do nothing',
      cast(seed),
    );
    await client.query(SEEDED);
    await client.query(`create temp table cast_of (n int primary key, id uuid, name text, fact jsonb) on commit drop`);
    await client.query(
      `insert into cast_of select row_number() over (order by id) - 1, id, name, jsonb_build_object('id', id, 'name', name) from person where id = any($1)`,
      [cast(seed)[0]],
    );
    for (const { sql, values } of steps(incidents, messages)) await client.query(sql, values);
    const { rows } = await client.query<{ big: string; events: number }>(
      `select (select reference from many order by n desc limit 1) as big, (select count(*)::int from event e join many m on m.id = e.stream_id) as events`,
    );
    await client.query('commit');
    for (const table of ['incident', 'message', 'event', 'stream', 'participant', 'word', 'follower_cursor'])
      await client.query(`analyze ${table}`);
    return rows[0]!;
  } finally {
    await client.end();
  }
}

const cast = (seed: number): unknown[][] => {
  const people = castOf(seed);
  return [people.map(({ id }) => id), people.map(({ name }) => name), people.map(({ role }) => role)];
};

const titles = TROUBLES.map(({ title }) => title);
const learned = TROUBLES.flatMap((trouble) => trouble.learned);

/** A line of `$1` for a place in a room, with a service and a region put in. */
const line = (lines: string, of: string): string => {
  const pick = (array: string, salt: string): string =>
    `(${array})[1 + abs(hashtextextended(${of} || '${salt}', 0) % cardinality(${array}))]`;
  const service = pick('$2::text[]', 'service');
  return `replace(replace(replace(replace(replace(${pick(lines, 'line')}, '{service}', ${service}), '{Service}', initcap(${service})), '{region}', ${pick('$3::text[]', 'region')}), '{time}', '03:05'), '{n}', '4')`;
};

/** The same for the same words, and in every bit what pages and the API take for a UUID. */
const SEEDED = `create or replace function pg_temp.seeded(words text) returns uuid language sql immutable as
  $$ select overlay(overlay(md5(words) placing '8' from 13 for 1) placing 'a' from 17 for 1)::uuid $$`;

function steps(incidents: number, messages: number): { sql: string; values: unknown[] }[] {
  const words = [LINES, SERVICES, REGIONS];
  const about = [titles, SERVICES, REGIONS];
  return [
    // The last is the one with the many messages, open still; of the others one in a hundred is.
    {
      sql: `create temp table many on commit drop as
        select n, pg_temp.seeded(current_setting('seed.seed') || ' many ' || n) as id, o.incidents + n as number, 'INC-' || (o.incidents + n) as reference,
               current_setting('seed.now')::timestamptz - interval '365 days' * (${incidents} - n + 1) / ${incidents} as at,
               n % 40 as declarer, (n + 7) % 40 as leader, n < ${incidents} and n % 100 <> 0 as is_resolved,
               (array['SEV1', 'SEV2', 'SEV2', 'SEV3', 'SEV3', 'SEV3'])[1 + n % 6] as severity,
               case when n = ${incidents} then ${messages} else ${SAID} end as said, 'title ' || n as text_key
          from organisation o, generate_series(1, ${incidents}) n`,
      values: [],
    },
    {
      sql: `insert into stream (id, kind, seq) select id, 'incident', 2 + case when n = ${incidents} then ${TALKERS} else 0 end + said + is_resolved::int from many`,
      values: [],
    },
    {
      sql: `insert into incident (id, kind, number, reference, title, severity, status, category, lead_id, declared_by, declared_at, ended_at, learned)
        select m.id, 'standard', m.number, m.reference, ${line('$1::text[]', 'm.text_key')}, m.severity,
               case when m.is_resolved then 'resolved' else 'investigating' end, case when m.is_resolved then 'post_incident' else 'active' end,
               l.id, d.id, m.at, case when m.is_resolved then m.at + interval '50 minutes' end,
               case when m.is_resolved then ($4::text[])[1 + m.n % cardinality($4::text[])] end
          from many m join cast_of d on d.n = m.declarer join cast_of l on l.n = m.leader`,
      values: [...about, learned],
    },
    {
      sql: `insert into event (stream_id, seq, id, type, at, display_at, actor, via, data)
        select m.id, 1, pg_temp.seeded(m.id || ' 1'), 'incident.declared', m.at, m.at, d.fact, '{"id":"web","name":"web"}'::jsonb,
               jsonb_build_object('reference', m.reference, 'title', i.title, 'severity', m.severity, 'status', 'investigating', 'category', 'active', 'kind', 'standard')
          from many m join incident i on i.id = m.id join cast_of d on d.n = m.declarer
        union all
        select m.id, 2, pg_temp.seeded(m.id || ' 2'), 'incident.role-changed', m.at + interval '1 minute', m.at + interval '1 minute', l.fact, '{"id":"web","name":"web"}'::jsonb,
               jsonb_build_object('role', 'lead', 'name', 'Lead', 'from', null, 'to', l.fact)
          from many m join cast_of l on l.n = m.leader
        union all
        select m.id, s.seq, pg_temp.seeded(m.id || ' ' || s.seq), 'incident.resolved', m.at + interval '50 minutes', m.at + interval '50 minutes', l.fact, '{"id":"web","name":"web"}'::jsonb,
               jsonb_build_object('from', 'investigating', 'to', 'resolved', 'learned', i.learned)
          from many m join stream s on s.id = m.id join incident i on i.id = m.id join cast_of l on l.n = m.leader where m.is_resolved
        union all
        select m.id, 2 + t, pg_temp.seeded(m.id || ' ' || (2 + t)), 'participant.joined', m.at + interval '2 minutes', m.at + interval '2 minutes', c.fact, '{"id":"web","name":"web"}'::jsonb,
               jsonb_build_object('person', c.fact)
          from many m, generate_series(1, ${TALKERS}) t join cast_of c on c.n >= 0 where m.n = ${incidents} and c.n = (m.leader + t) % 40`,
      values: [],
    },
    {
      sql: `insert into participant (incident_id, person_id, joined_at)
        select m.id, d.id, m.at from many m join cast_of d on d.n = m.declarer
        union all select m.id, l.id, m.at + interval '1 minute' from many m join cast_of l on l.n = m.leader
        union all select m.id, c.id, m.at + interval '2 minutes' from many m, generate_series(1, ${TALKERS}) t join cast_of c on true where m.n = ${incidents} and c.n = (m.leader + t) % 40
        on conflict do nothing`,
      values: [],
    },
    {
      sql: `insert into role_holder (incident_id, role, person_id) select m.id, 'lead', l.id from many m join cast_of l on l.n = m.leader`,
      values: [],
    },
    {
      sql: `create temp table many_said on commit drop as
        select m.id as incident_id, pg_temp.seeded(m.id || ' said ' || k) as id, m.at + interval '2 minutes' + k * case when m.n = ${incidents} then interval '2 seconds' else interval '7 minutes' end as at,
               2 + case when m.n = ${incidents} then ${TALKERS} else 0 end + k as seq, c.fact,
               ${line('$1::text[]', `m.n || ' said ' || k`)} as text
          from many m, generate_series(1, m.said) k
          join cast_of c on true where c.n = case when m.n = ${incidents} then (m.leader + 1 + k % ${TALKERS}) % 40 when k % 2 = 0 then m.declarer else m.leader end`,
      values: words,
    },
    {
      sql: `insert into event (stream_id, seq, id, type, at, display_at, actor, via, data)
        select incident_id, seq, id, 'message.posted', at, at, fact, '{"id":"slack","name":"Slack"}'::jsonb, jsonb_build_object('messageId', id, 'text', text) from many_said`,
      values: [],
    },
    { sql: 'insert into message (id, incident_id, author, text) select id, incident_id, fact, text from many_said', values: [] },
    { sql: `update organisation set incidents = incidents + ${incidents}`, values: [] },
    {
      sql: 'insert into follower_cursor (follower, stream_id, seq) select f.name, s.id, s.seq from follower f, stream s join many m on m.id = s.id',
      values: [],
    },
    {
      sql: `insert into word (word) select distinct w from many_said, regexp_split_to_table(lower(text), '[^[:alpha:]]+') w where length(w) between 4 and 40 on conflict do nothing`,
      values: [],
    },
  ];
}
