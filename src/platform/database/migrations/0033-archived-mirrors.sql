-- A room that was archived in its chat is told nothing until it is back.
alter table mirror drop constraint mirror_state_check;
alter table mirror add constraint mirror_state_check
  check (state in ('opening', 'open', 'suspect', 'parked', 'catching-up', 'archived', 'failed', 'closed'));
