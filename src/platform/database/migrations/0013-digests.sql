-- What had to wait long for a chat, and is much, is said there as one message. What is in it is `gathered`, and stands as it does.
alter table delivery drop constraint delivery_status_check;
alter table delivery add constraint delivery_status_check
  check (status in ('pending', 'gathered', 'sending', 'sent', 'refused', 'unknown', 'needs-a-person', 'canceled'));
alter table delivery add column is_digest boolean not null default false;
-- In which digest it is said, or which one it changes; of a digest, the first that was made with it: it goes into that one's thread.
alter table delivery add column digest_id uuid references delivery (id);
create index delivery_by_digest on delivery (digest_id) where digest_id is not null;

-- The digest that it is a part of. It is of many messages, so of none alone.
alter table message_copy add column digest_id uuid references delivery (id);
create index message_copy_by_digest on message_copy (digest_id) where digest_id is not null;
