-- Settings that an admin entered on the page of a chat, rather than whoever starts Muster.
alter table chat_instance add column entered boolean not null default false;
-- What an adapter keeps for itself, such as a token that it was given in exchange. It outlives a start, unlike a secret of the
-- settings, which is written down anew at each. Sealed as those are (src/platform/chats/chat-secrets.ts).
create table chat_secret (
  instance text not null references chat_instance (id) on delete cascade,
  name text not null,
  value text not null,
  primary key (instance, name)
);
