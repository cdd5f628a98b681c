-- What an admin was given to copy into a chat's own pages, as it was when they last said that they pasted it: a chat need not tell what became of it.
create table chat_pasted (
  instance text not null references chat_instance (id) on delete cascade,
  step text not null,
  given text not null,
  at timestamptz not null default clock_timestamp(),
  primary key (instance, step)
);
