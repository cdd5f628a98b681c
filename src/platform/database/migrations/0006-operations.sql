-- What was put aside because it could not be handled: one list for people, whatever it was. The thing itself stays where
-- it lies (inbox, event, delivery); `key` is its key there.
create table quarantine (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('inbox', 'follower', 'delivery')),
  key jsonb not null,
  problem text not null,
  tries integer not null,
  since timestamptz not null default clock_timestamp(),
  state text not null default 'aside' check (state in ('aside', 'replaying', 'handled', 'dropped')),
  -- Counted before the attempt, so that one which kills the process is not tried for ever.
  owner uuid,
  lease_until timestamptz,
  asked jsonb,
  outcome text,
  ended_at timestamptz,
  constraint quarantine_once unique (kind, key)
);
create index quarantine_unended on quarantine (since) where state in ('aside', 'replaying');

insert into quarantine (kind, key, problem, tries)
  select 'inbox', jsonb_build_array(instance, tenant, envelope_id), coalesce(problem, 'Nobody wrote down why.'), claims
    from inbox where status = 'quarantined';
insert into quarantine (kind, key, problem, tries, since)
  select 'follower', jsonb_build_array(follower, stream_id, seq), problem, 3, at from follower_quarantine;
insert into quarantine (kind, key, problem, tries, since)
  select 'delivery', jsonb_build_array(id), coalesce(fault ->> 'detail', 'Nobody can tell whether it was said.'), attempts, coalesce(ended_at, created_at)
    from delivery where status = 'needs-a-person';

-- After a batch failed, its events are handled one at a time up to here, so that the one at fault is found.
alter table follower_cursor add column singly_to bigint not null default 0;

-- Attempts to say it that had no end: the process died, or the adapter threw. An outcome of any kind sets it back.
alter table delivery add column unended smallint not null default 0;

-- The processes of this Muster, as each said of itself.
create table process_seen (
  id uuid primary key,
  roles text[] not null,
  host text not null,
  pid integer not null,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  load jsonb not null
);

-- Classes of work that somebody switched off, or on whatever the load.
create table work_switch (
  class text primary key,
  off boolean not null,
  set_by jsonb not null,
  via jsonb not null,
  why text not null,
  since timestamptz not null default clock_timestamp(),
  until timestamptz
);
