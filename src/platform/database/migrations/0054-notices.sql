-- How people are told beside the chats that they work in: each row is one way, such as a mail server or a pager. The secret (a
-- password, a routing key, what a webhook is signed with) is sealed when MUSTER_SECRET is set, and as it is when it is not.
create table notice_way (
  id uuid primary key,
  kind text not null check (kind in ('smtp', 'webhook', 'pagerduty', 'chat')),
  name text not null,
  settings jsonb not null,
  secret text,
  -- Null: it is on. `restored`: see after-restore.
  off text check (off in ('person', 'restored')),
  off_at timestamptz,
  -- The other side last took what was sent to it; and something is last known to have come out at the other end.
  answered_at timestamptz,
  proven_at timestamptz,
  -- Why the last try was in vain; null since one was not.
  problem text,
  -- The whole way rests until then, after so many failures in a row.
  failures smallint not null default 0,
  rests_until timestamptz,
  -- When it is next tried without anything to tell.
  canary_at timestamptz not null default clock_timestamp(),
  created_at timestamptz not null default clock_timestamp()
);

-- Where somebody wants to be told. Used once it is confirmed: by the code that was sent there, good until then, for a few tries.
create table person_address (
  person_id uuid not null references person (id),
  kind text not null check (kind in ('mail')),
  value text not null,
  confirmed_at timestamptz,
  code_hash bytea,
  code_until timestamptz,
  tries smallint not null default 0,
  -- The way by which the code went, which is proven by whoever has it.
  way_id uuid references notice_way (id) on delete set null,
  primary key (person_id, kind)
);

-- What somebody is told by one way. One thing is told once, by each way, to each address; `address` is empty where the way has one of its own.
create table notice (
  id uuid primary key,
  about uuid not null,
  part text not null check (part in ('begun', 'over')),
  way_id uuid not null references notice_way (id) on delete cascade,
  address text not null default '',
  content jsonb not null,
  -- `needless`: it was over before it was said.
  status text not null default 'waiting' check (status in ('waiting', 'sending', 'told', 'failed', 'needless')),
  attempts smallint not null default 0,
  written_at timestamptz not null default clock_timestamp(),
  next_at timestamptz not null default clock_timestamp(),
  -- Counts claims, so that an end which comes after the claim was lost changes nothing.
  claim integer not null default 0,
  claim_until timestamptz,
  ended_at timestamptz,
  problem text,
  constraint notice_once unique (about, part, way_id, address)
);
create index notice_waiting on notice (way_id, next_at) where status in ('waiting', 'sending');
create index notice_by_age on notice (written_at);
