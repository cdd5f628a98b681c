-- Asked twice a second of every gap that is merged: without it each of these questions reads the whole inbox (0.13 s of 71,000 rows).
create index inbox_of_gap on inbox (gap_id) where gap_id is not null and status = 'waiting';

-- With the number in it, what was said just before and just after is found without reading a room: the planner sorted all of it where it had
-- no statistics yet, and statistics come with a pause in the writing (0.7 ms among 2,000 messages, 0.02 ms so).
drop index event_by_occurrence;
create index event_by_occurrence on event (stream_id, occurred_at, seq) where occurred_at is not null;
