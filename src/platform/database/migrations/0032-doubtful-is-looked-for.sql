-- What nobody knows whether a chat has it is looked for like what it says it has: without the chat's own name for it.
alter table unswept alter column native_id drop not null;
