-- The chat's own time of what people said there; null for what we said, and for what was heard before this was kept.
alter table message_copy add column said_at timestamptz;
-- When what was said before a gap is compared with the chat's history; null when it was, or is not to be.
alter table gap add column look_back_at timestamptz;
