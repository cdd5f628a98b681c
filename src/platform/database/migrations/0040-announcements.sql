-- Where incidents are told to those who take no part in them: at most one room of a workspace for everybody, and one for support.
create table announcement_rule (
  instance text not null references chat_instance (id),
  tenant text not null,
  audience text not null check (audience in ('everyone', 'support')),
  room text not null,
  -- As it was called there when it was chosen.
  room_name text not null,
  -- The least severe that is announced by itself.
  severity text not null,
  kinds text[] not null,
  -- Why the chat refused the last one, in words for an admin; null since it took one.
  trouble text,
  primary key (instance, tenant, audience)
);

-- A mirror without an incident is nobody's room: it is the post of an announcement in a room of others, whose `room` is not ours.
alter table mirror alter column incident_id drop not null;

-- One post, kept up to date in its place. Never a second one of an incident in one room for the same readers.
create table announcement (
  mirror_id uuid primary key references mirror (id),
  incident_id uuid not null references incident (id),
  instance text not null,
  tenant text not null,
  audience text not null check (audience in ('everyone', 'support')),
  room text not null,
  room_name text not null,
  -- False once the incident became private, or is not announced there any more: then the post says only that.
  shown boolean not null default true,
  -- Somebody took it away in the chat.
  removed boolean not null default false,
  -- It was said that the chat refuses it, and that the incident is over: each once.
  refused boolean not null default false,
  told_over boolean not null default false,
  unique (incident_id, instance, tenant, audience, room)
);
create index announcement_by_room on announcement (instance, tenant, room);
