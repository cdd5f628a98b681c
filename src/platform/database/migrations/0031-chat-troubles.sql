-- A chat that a process cannot make, or that ended in it, and why: for whoever looks, in whichever process. Each process
-- says it again and again for as long as it is so; what was not said lately is over, as is a process that died.
create table chat_trouble (
  instance text not null references chat_instance (id) on delete cascade,
  process uuid not null,
  say text not null,
  -- In the adapter's own words, which may quote its settings.
  detail text,
  is_off boolean not null,
  since timestamptz not null,
  said_at timestamptz not null default clock_timestamp(),
  primary key (instance, process)
);
