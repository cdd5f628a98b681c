-- Which messages of ours an outage kept waiting: only these are counted when it is told what was exchanged, also when
-- the chat falls again while they are being said.
alter table delivery add column gap_id uuid references gap (id);
create index delivery_by_gap on delivery (gap_id) where gap_id is not null;
