-- The next lanes of each webhook are found without looking at all that wait: a replay may make fifty thousand of them.
create index webhook_lane_next on webhook_lane (webhook_id, next_at) where done < upto;
drop index webhook_lane_waiting;

-- Which webhook may be told of which incident now. A practice never leaves the machine.
create view webhook_may_be_told as
  select w.id as webhook_id, i.id as incident_id, i.reference from webhook w join incident i
      on w.off is null and i.practice_instance is null and (w.private or not i.private) and (w.drills or i.kind <> 'drill');

-- A private incident stands still for whoever is not to be told of such, and goes on where it stood should it be made public again.
create or replace view webhook_waiting as
  select l.*, m.reference from webhook_lane l
    join webhook_may_be_told m on (m.webhook_id, m.incident_id) = (l.webhook_id, l.incident_id)
   where l.done < l.upto;
