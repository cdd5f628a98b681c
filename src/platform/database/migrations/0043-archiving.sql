-- So many days after an incident is over, and nobody did anything in it any more, its rooms in the chats are archived. Null: never.
alter table organisation add column archive_after_days smallint check (archive_after_days between 1 and 365);

-- Since when it had been quiet when its room was told that it is archived: who does something after that begins anew.
alter table mirror add column archive_told timestamptz;
