-- Files that messages of chats came with. Their names are in the log with the message; the bytes are fetched afterwards.
create table awaited_file (
  -- The file's id, also once it is kept.
  id uuid primary key,
  message_id uuid not null references message (id),
  instance text not null,
  tenant text not null,
  room text not null,
  -- As the chat named it: what its adapter opens.
  file jsonb not null,
  by jsonb not null,
  -- `dropped`: its message was taken back, or it was taken out of it, before it was here.
  status text not null default 'waiting' check (status in ('waiting', 'fetching', 'kept', 'lost', 'dropped')),
  attempts smallint not null default 0,
  created_at timestamptz not null default clock_timestamp(),
  next_at timestamptz not null default clock_timestamp(),
  owner uuid,
  claim_until timestamptz
);
create index awaited_file_by_message on awaited_file (message_id);
create index awaited_file_due on awaited_file (instance, next_at) where status in ('waiting', 'fetching');

-- What a chat is shown of a file: the file, and what the chat calls it.
alter table delivery add column file_id uuid;
alter table delivery add column chat_file jsonb;
alter table message_copy add column file_id uuid;

-- What the chat cannot show of what it was sent, in words.
alter table delivery add column losses jsonb;
