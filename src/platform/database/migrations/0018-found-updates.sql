-- What was told in an update is found again. It is in the log only, and little of the log is an update: whatever else is
-- appended is not looked at twice.
create index update_words on event using gin (search_words(data ->> 'text')) with (gin_pending_list_limit = 256) where type = 'update.shared';
