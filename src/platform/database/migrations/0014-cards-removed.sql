-- How often people took the card away in the chat: it is made again once.
alter table mirror add column cards_removed smallint not null default 0;
