-- Who is in a chat's private room is settled before what is said next there, so it waits in the same lane: at the place of
-- the event that it follows from, before that event's own line.
alter table delivery add column turn smallint not null default 1;
update delivery set lane = 'room', turn = 0 where operation = 'members';
alter table delivery drop constraint delivery_once;
alter table delivery add constraint delivery_once unique (mirror_id, lane, position, turn);
