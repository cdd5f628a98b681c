-- The log. A stream's counter is taken under its row lock, so commit order is number order and a reader's
-- "seq > cursor" can never skip. No bigserial and no timestamp is ever used as a cursor.
create table stream (
  id uuid primary key,
  kind text not null check (kind in ('incident', 'organisation')),
  seq bigint not null default 0,
  -- To the minute: followers look at the streams of the last hour.
  last_at timestamptz not null default clock_timestamp()
) with (fillfactor = 50);
create index stream_by_last_at on stream (last_at);

create table event (
  stream_id uuid not null references stream (id),
  seq bigint not null,
  id uuid not null,
  type text not null,
  version smallint not null default 1,
  at timestamptz not null default clock_timestamp(),
  occurred_at timestamptz,
  display_at timestamptz not null,
  late boolean not null default false,
  actor jsonb,
  via jsonb not null,
  data jsonb not null,
  primary key (stream_id, seq),
  constraint event_once unique (stream_id, id)
);

-- Was something said after this already here? Asked for each message from a chat.
create index event_by_occurrence on event (stream_id, occurred_at) where occurred_at is not null;

create table follower (
  name text primary key,
  registered_at timestamptz not null default clock_timestamp()
);
create table follower_cursor (
  follower text not null references follower (name),
  stream_id uuid not null references stream (id),
  seq bigint not null default 0,
  claims smallint not null default 0,
  owner uuid,
  lease_until timestamptz,
  retry_at timestamptz,
  problem text,
  primary key (follower, stream_id)
);
create table follower_quarantine (
  follower text not null references follower (name),
  stream_id uuid not null references stream (id),
  seq bigint not null,
  problem text not null,
  at timestamptz not null default clock_timestamp(),
  primary key (follower, stream_id, seq)
);

-- One row. The counters are in the same transaction as the incident they number, so numbers have no gaps.
create table organisation (
  one boolean primary key default true check (one),
  stream_id uuid not null references stream (id),
  incidents integer not null default 0,
  drills integer not null default 0
);
with own_stream as (
  insert into stream (id, kind) values (gen_random_uuid(), 'organisation') returning id
)
insert into organisation (stream_id) select id from own_stream;

-- People and the doors they come in by. Tokens are kept as SHA-256 only.
create table person (
  id uuid primary key,
  name text not null,
  role text not null check (role in ('admin', 'responder', 'guest')),
  created_at timestamptz not null default clock_timestamp()
);
create table account (
  instance text not null,
  tenant text not null,
  native_user text not null,
  person_id uuid not null references person (id),
  profile_at timestamptz,
  primary key (instance, tenant, native_user)
);
create index account_by_person on account (person_id);

create table incident (
  id uuid primary key references stream (id),
  kind text not null check (kind in ('standard', 'drill')),
  number integer not null,
  reference text not null unique,
  title text not null,
  summary text,
  severity text not null,
  status text not null,
  category text not null check (category in ('triage', 'active', 'post_incident', 'closed', 'declined', 'merged', 'canceled', 'paused')),
  lead_id uuid references person (id),
  declared_by uuid references person (id),
  declared_at timestamptz not null default clock_timestamp(),
  resolved_at timestamptz,
  learned text,
  -- A drill is heard in its own pretend chat only, and no real incident is heard in a pretend one.
  practice_instance text
);
create index incident_by_category on incident (category, declared_at desc);

create table participant (
  incident_id uuid not null references incident (id),
  person_id uuid not null references person (id),
  joined_at timestamptz not null default clock_timestamp(),
  primary key (incident_id, person_id)
);

create table session (
  token_hash bytea primary key,
  person_id uuid not null references person (id),
  incident_id uuid references incident (id),
  created_at timestamptz not null default clock_timestamp(),
  seen_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null
);
create table sign_in_link (
  token_hash bytea primary key,
  purpose text not null check (purpose in ('admin', 'invitation', 'practice')),
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create table api_token (
  token_hash bytea primary key,
  person_id uuid not null references person (id),
  name text not null,
  created_at timestamptz not null default clock_timestamp()
);
create table idempotency_key (
  person_id uuid not null references person (id),
  key text not null,
  request_hash bytea not null,
  incident_id uuid not null references incident (id),
  at timestamptz not null default clock_timestamp(),
  primary key (person_id, key)
);

-- Messages as people read them now; the log keeps every version. A message's place is that of its event, which has the
-- same id.
create table message (
  id uuid primary key,
  incident_id uuid not null references incident (id),
  author jsonb,
  text text not null,
  revision text,
  edited_at timestamptz,
  deleted_at timestamptz
);
create index message_by_incident on message (incident_id);

-- Chats. An instance is one installed app; a mirror is one incident's room in one chat.
create table chat_instance (
  id text primary key,
  plugin text not null,
  name text not null,
  config jsonb not null,
  secrets jsonb not null default '{}',
  pretend boolean not null default false,
  pace real not null default 1 check (pace > 0),
  created_at timestamptz not null default clock_timestamp()
);
create table chat_tenant (
  instance text not null references chat_instance (id) on delete cascade,
  tenant text not null,
  name text,
  primary key (instance, tenant)
);
create table chat_memory (
  instance text not null,
  key text not null,
  value text not null,
  expires_at timestamptz,
  primary key (instance, key)
);
create table chat_lease (
  instance text not null,
  tenant text not null,
  owner uuid not null,
  until timestamptz not null,
  primary key (instance, tenant)
);

create table mirror (
  id uuid primary key,
  incident_id uuid not null references incident (id),
  instance text not null,
  tenant text not null,
  surface text not null,
  state text not null default 'opening' check (state in ('opening', 'open', 'suspect', 'parked', 'catching-up', 'failed')),
  room text,
  name text,
  permalink text,
  card text,
  since timestamptz,
  unique (incident_id, instance, tenant)
);
create unique index mirror_by_room on mirror (instance, tenant, room) where room is not null;

-- Which message of a chat is which of ours. A null message is a tombstone: it was deleted before we heard of it.
create table message_copy (
  mirror_id uuid not null references mirror (id),
  native_id text not null,
  message_id uuid references message (id),
  part smallint not null default 0,
  primary key (mirror_id, native_id)
);
create index message_copy_by_message on message_copy (message_id);

-- What an outage left to merge. One at a time for each mirror.
create table gap (
  id uuid primary key,
  mirror_id uuid not null references mirror (id),
  from_at timestamptz not null,
  to_at timestamptz,
  state text not null default 'open' check (state in ('open', 'reading', 'merging', 'posting', 'closed')),
  parked boolean not null default false,
  cursor text,
  not_before timestamptz,
  -- How far the room's log went when the history had been read: what people said here until then is counted.
  up_to bigint,
  last_position bigint
);
create unique index gap_unclosed on gap (mirror_id) where state <> 'closed';

-- What a chat is to be told. In order per mirror and lane, over retries; `position` is the log's own number.
create table delivery (
  id uuid primary key,
  mirror_id uuid not null references mirror (id),
  lane text not null check (lane in ('room', 'card')),
  position bigint not null,
  operation text not null check (operation in ('open-room', 'send', 'card')),
  message_id uuid references message (id),
  content jsonb,
  parts jsonb,
  part smallint not null default 0,
  status text not null default 'pending' check (status in ('pending', 'sending', 'sent', 'refused', 'unknown', 'needs-a-person', 'canceled')),
  attempts smallint not null default 0,
  looks smallint not null default 0,
  created_at timestamptz not null default clock_timestamp(),
  tried_at timestamptz,
  next_at timestamptz not null default clock_timestamp(),
  settle_at timestamptz,
  owner uuid,
  claim_until timestamptz,
  ended_at timestamptz,
  fault jsonb,
  -- The outage that kept it waiting: counted when it is told what was exchanged, also when the chat falls again.
  gap_id uuid references gap (id),
  constraint delivery_once unique (mirror_id, lane, position)
);
create index delivery_unfinished on delivery (mirror_id, lane, position) where status in ('pending', 'sending', 'unknown', 'needs-a-person');
create index delivery_by_gap on delivery (gap_id) where gap_id is not null;
create index delivery_by_message on delivery (message_id) where status in ('pending', 'sending', 'unknown', 'needs-a-person', 'refused');

-- The inbox: what chats told us, committed before they are told that we heard.
create table inbox_lane (
  instance text not null,
  tenant text not null,
  lane text not null,
  seq bigint not null default 0,
  done bigint not null default 0,
  owner uuid,
  lease_until timestamptz,
  retry_at timestamptz,
  primary key (instance, tenant, lane)
);
create index inbox_lane_behind on inbox_lane (instance, tenant, lane) where done < seq;
create table inbox (
  instance text not null,
  tenant text not null,
  envelope_id text not null,
  lane text not null,
  seq bigint not null,
  kind text not null check (kind in ('event', 'interaction')),
  occurred_at timestamptz not null,
  admitted_at timestamptz not null default clock_timestamp(),
  gap_id uuid,
  body jsonb,
  claims smallint not null default 0,
  owner uuid,
  lease_until timestamptz,
  status text not null default 'waiting' check (status in ('waiting', 'done', 'quarantined')),
  problem text,
  primary key (instance, tenant, envelope_id)
);
-- An interaction has an answer waiting and is nobody's successor: it takes no number in a lane.
create unique index inbox_in_order on inbox (instance, tenant, lane, seq) where kind = 'event';
create index inbox_interactions on inbox (lease_until) where kind = 'interaction' and status = 'waiting';

-- Health of each chat, as the detector sees it.
create table surface_health (
  instance text not null,
  tenant text not null,
  state text not null default 'ok' check (state in ('ok', 'suspect', 'down', 'recovering')),
  since timestamptz not null default clock_timestamp(),
  good_at timestamptz not null default clock_timestamp(),
  detector jsonb not null default '{}',
  primary key (instance, tenant)
);
create table canary (
  instance text not null,
  tenant text not null,
  nonce text not null,
  seen_at timestamptz not null default clock_timestamp(),
  primary key (instance, tenant, nonce)
);
create table chat_call (
  instance text not null,
  tenant text not null,
  at timestamptz not null default clock_timestamp(),
  operation text not null,
  good boolean not null
);
create index chat_call_recent on chat_call (instance, tenant, at);

-- Somebody's practice: a pretend chat that can be broken, a drill in it, and how it went. The process that plays it
-- keeps `view` up to date; a page asks for the next step by `wanted`.
create table practice (
  id uuid primary key,
  owner uuid not null references person (id),
  instance text,
  incident_id uuid references incident (id),
  port integer,
  wanted text,
  view jsonb,
  created_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz
);
create index practice_running on practice (owner) where ended_at is null;
