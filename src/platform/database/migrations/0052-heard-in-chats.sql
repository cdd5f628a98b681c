-- When anybody but Muster was last heard in a chat, at a distance of seconds: what is said there is heard, whatever else fails.
create table chat_heard (
  instance text not null,
  tenant text not null,
  at timestamptz not null default clock_timestamp(),
  primary key (instance, tenant)
);
