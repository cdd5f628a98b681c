-- Somebody decided that it is said once more although nobody can tell whether the chat has it. For one attempt.
alter table delivery add column may_repeat boolean not null default false;

-- Where a person can look at it in the chat, as the chat told it.
alter table message_copy add column permalink text;
