-- With the number in it, what was said just before and just after is found without reading a room: with event_by_occurrence the planner sorted all
-- of it where it had no statistics yet, and statistics come with a pause in the writing (0.7 ms among 2,000 messages, 0.02 ms so).
create index concurrently event_by_time on event (stream_id, occurred_at, seq) where occurred_at is not null;
