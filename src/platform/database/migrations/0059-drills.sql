-- A chat that is another one, seen through a fault that we make ourselves (src/platform/chats/drill): its rooms are rooms of that
-- chat, and everything but them goes on as if it were not there. It lasts as long as its drill.
alter table chat_instance add column drill_of text;

-- Null: in every real chat. Else heard in this one only, and in no other.
alter table incident add column heard_in text;

-- A team's rehearsal of an outage of the chat it works in. All that whoever plays it has to know.
create table drill (
  id uuid primary key,
  incident_id uuid not null references incident (id),
  -- The chat that is rehearsed with, in which of its tenants, by which name; and the drill's own view of it.
  chat text not null,
  tenant text not null,
  chat_name text not null,
  instance text not null,
  fault text not null check (fault in ('silent', 'writes', 'everything', 'flood')),
  minutes smallint not null check (minutes between 2 and 30),
  -- Whether people are told by mail, pager and webhook as in a real outage.
  tells boolean not null,
  asked_by uuid not null references person (id),
  -- Waits, and the goals with them, are divided by this; 1 against the real world.
  pace real not null,
  phase text not null default 'opening' check (phase in ('opening', 'broken', 'returning', 'closing', 'over')),
  begun_at timestamptz not null default clock_timestamp(),
  broken_at timestamptz,
  healed_at timestamptz,
  closing_at timestamptz,
  over_at timestamptz,
  stopped_by text,
  -- Why it ended otherwise than by its time.
  cut_short text check (cut_short in ('stopped', 'real-trouble', 'not-opened', 'restored')),
  -- Who takes part when it broke, and who of them was seen in the war room from then until it was well again.
  people uuid[] not null default '{}',
  came uuid[] not null default '{}',
  report jsonb
);
-- One at a time.
create unique index drill_alone on drill ((true)) where phase <> 'over';

-- What the chat told in rooms of a drill, and Muster did not hear.
create table drill_unheard (
  seq bigint generated always as identity primary key,
  instance text not null,
  at timestamptz not null default clock_timestamp(),
  -- A button, a command, a form: no chat sends those again.
  gesture boolean not null,
  envelope jsonb not null
);
create index drill_unheard_by_instance on drill_unheard (instance, seq);
