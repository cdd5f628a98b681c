-- We are not in its room: somebody put us out of it there. Nothing is heard, and what is to be said waits.
alter table mirror drop constraint mirror_state_check;
alter table mirror add constraint mirror_state_check
  check (state in ('opening', 'open', 'suspect', 'parked', 'catching-up', 'archived', 'shut-out', 'failed', 'closed'));
