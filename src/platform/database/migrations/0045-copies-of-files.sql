create index concurrently message_copy_by_file on message_copy (file_id) where file_id is not null;
