-- What the platform of a chat says in public of how it is: when it was asked last, and what it answered when it last did.
create table status_feed (
  instance text primary key references chat_instance (id) on delete cascade,
  asked_at timestamptz not null,
  -- Until then it wants to be left alone.
  not_before timestamptz,
  -- When it last gave an answer that could be read.
  heard_at timestamptz,
  -- Of that answer: [{ "title", "href" }], the worst first.
  admitted jsonb not null default '[]',
  -- Why the latest question has no answer, in words for an admin; null where it has one.
  problem text
);
