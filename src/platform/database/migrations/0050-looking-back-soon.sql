create index concurrently gap_to_look_back on gap (look_back_at) where look_back_at is not null;
