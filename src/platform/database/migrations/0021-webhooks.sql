-- Other systems that are told what happens in rooms. `types` is null for everything. The secret is sealed when
-- MUSTER_SECRET is set, and as it is when it is not: it has to be read again to sign with.
create table webhook (
  id uuid primary key,
  name text not null,
  url text not null,
  types text[] check (cardinality(types) > 0),
  private boolean not null default false,
  drills boolean not null default false,
  secret text not null,
  -- Signs besides the new one until then.
  previous_secret text,
  previous_until timestamptz,
  -- Null: it is on. `gone`: its receiver said so (410). `failed`: the last try was in vain. `restored`: see after-restore.
  off text check (off in ('person', 'gone', 'failed', 'restored')),
  off_at timestamptz,
  created_at timestamptz not null default clock_timestamp()
);

-- How far one webhook has been told of one incident. What happened is read in the log, so a receiver that is away for
-- days costs no row an event, and telling again is a number set back.
create table webhook_lane (
  webhook_id uuid not null references webhook (id) on delete cascade,
  incident_id uuid not null references incident (id),
  done bigint not null,
  -- The last event that it is to be told of, as far as is known.
  upto bigint not null,
  -- Of the next event, counted when it is claimed: one that ends the process is counted too.
  attempts smallint not null default 0,
  next_at timestamptz not null default clock_timestamp(),
  -- Counts claims, so that an end which comes after the claim was lost changes nothing.
  claim bigint not null default 0,
  claim_until timestamptz,
  primary key (webhook_id, incident_id)
);
create index webhook_lane_waiting on webhook_lane (next_at) where done < upto;

-- What was sent, kept for two weeks. Never with what was in it: that is in the log.
create table webhook_attempt (
  id uuid primary key,
  webhook_id uuid not null references webhook (id) on delete cascade,
  -- Null for a test.
  incident_id uuid references incident (id),
  seq bigint,
  type text not null,
  -- What the receiver knows it by: the same for the same event, however often it is sent.
  message_id uuid not null,
  attempt smallint not null,
  at timestamptz not null,
  outcome text not null check (outcome in ('sending', 'received', 'failed', 'unknown')),
  status smallint,
  problem text,
  next_at timestamptz
);
create index webhook_attempt_newest on webhook_attempt (webhook_id, at desc, id desc);
create index webhook_attempt_by_age on webhook_attempt (at);
create index webhook_attempt_unended on webhook_attempt (webhook_id, incident_id) where outcome = 'sending';

alter table quarantine drop constraint quarantine_kind_check;
alter table quarantine add constraint quarantine_kind_check check (kind in ('inbox', 'follower', 'delivery', 'webhook'));

-- What is to be told now. A practice never leaves the machine. A private incident stands still for whoever is not to be
-- told of such, and goes on where it stood should it be made public again.
create view webhook_waiting as
  select l.*, i.reference from webhook_lane l join webhook w on w.id = l.webhook_id join incident i on i.id = l.incident_id
   where l.done < l.upto and w.off is null and i.practice_instance is null
     and (w.private or not i.private) and (w.drills or i.kind <> 'drill');
