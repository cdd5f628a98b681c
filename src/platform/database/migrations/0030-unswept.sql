-- A message of ours that a chat has, or says it has, until it has been looked for twice in the chat's own history.
create table unswept (
  delivery_id uuid not null references delivery (id),
  part smallint not null,
  mirror_id uuid not null references mirror (id),
  native_id text not null,
  thread text,
  -- The chat's own time of it.
  at timestamptz not null,
  said_at timestamptz not null,
  -- The chat has shown it to us: by an event, or when we looked. What is gone after that was taken away by somebody.
  seen boolean not null,
  looks smallint not null default 0,
  due_at timestamptz not null,
  primary key (delivery_id, part)
);
create index unswept_due on unswept (due_at);
create index unswept_by_mirror on unswept (mirror_id);

-- The parts that a chat lost and that are said again; null for all there are. And how often it lost any.
alter table delivery add column again smallint[];
alter table delivery add column lost smallint not null default 0;
