-- What a person said of a chat, until the watcher of chats has taken it. The latest word counts; one that nobody took in time does not.
create table chat_word (
  instance text not null,
  tenant text not null,
  id uuid not null,
  word text not null check (word in ('down', 'back')),
  by jsonb not null,
  via jsonb not null,
  said_at timestamptz not null default clock_timestamp(),
  primary key (instance, tenant)
);
