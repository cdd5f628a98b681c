-- A practice may have several pretend chats. One of them the story is about; the others stand beside it.
alter table chat_instance add column beside text;
comment on column chat_instance.beside is 'The pretend chat of the same practice that the story is about; null for that one, and for real chats.';

-- Where the pages of those beside it are served on this machine, by what they are called in the address.
alter table practice add column ports jsonb not null default '{}';
