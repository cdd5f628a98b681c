create index concurrently delivery_of_file on delivery (file_id) where file_id is not null;
