-- One trace id from a request, or from what a chat told us, to the deliveries that follow from it, over processes. For
-- finding things in logs only: nothing is decided by it, and what is made again from the log does not have it.
alter table event add column trace text;
alter table inbox add column trace text;
alter table delivery add column trace text;
