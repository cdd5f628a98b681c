-- What people do with a message once it is said, and what they keep of the room. All of it but the read marks can be told
-- from the log; a read mark is one person's own and nobody else's history.
alter table message add column reply_to uuid references message (id);

create table reaction (
  message_id uuid not null references message (id),
  emoji text not null,
  person_id uuid not null references person (id),
  -- Where it was made: a chat shows its own people's reactions itself.
  via text not null,
  primary key (message_id, emoji, person_id)
);
create table pin (
  message_id uuid primary key references message (id),
  incident_id uuid not null references incident (id)
);
create table timeline_entry (
  id uuid primary key,
  incident_id uuid not null references incident (id),
  text text not null,
  happened_at timestamptz not null,
  edited_at timestamptz
);
create index timeline_entry_by_incident on timeline_entry (incident_id);
-- `item_id` is the id of the event that stands on the timeline.
create table timeline_hidden (
  incident_id uuid not null references incident (id),
  item_id uuid not null,
  primary key (incident_id, item_id)
);
create table read_mark (
  person_id uuid not null references person (id),
  incident_id uuid not null references incident (id),
  seq bigint not null,
  at timestamptz not null default clock_timestamp(),
  primary key (person_id, incident_id)
);

-- The first message of the thread a copy stands in; null for one in the open.
alter table message_copy add column thread text;

-- A reaction or a pin that arrived before its message. It waits for it, and is done when the message is known.
create table early_mark (
  id uuid primary key,
  mirror_id uuid not null references mirror (id),
  native_id text not null,
  by jsonb not null,
  -- Null for a pin.
  emoji text,
  is_on boolean not null,
  at timestamptz not null default clock_timestamp()
);
create index early_mark_by_copy on early_mark (mirror_id, native_id);

-- Reactions and pins have a lane of their own: nobody's words wait for a thumb.
alter table delivery add column thread text;
alter table delivery add column emoji text;
alter table delivery drop constraint delivery_lane_check;
alter table delivery add constraint delivery_lane_check check (lane in ('room', 'card', 'marks'));
alter table delivery drop constraint delivery_operation_check;
alter table delivery add constraint delivery_operation_check
  check (operation in ('open-room', 'send', 'card', 'edit', 'correct', 'remove', 'react', 'pin'));
-- Is our copy of a message still to be said? Asked for each mark that waits.
create index delivery_of_message on delivery (message_id, mirror_id) where message_id is not null;
