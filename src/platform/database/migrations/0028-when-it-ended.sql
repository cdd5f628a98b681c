-- When somebody no longer had to do anything: resolved, declined, merged or canceled. Until now resolving alone was noted.
alter table incident rename column resolved_at to ended_at;
update incident i
   set ended_at = (
     select min(e.at) from event e
      where e.stream_id = i.id
        and (e.type in ('incident.resolved', 'incident.declined', 'incident.merged')
             or (e.type = 'incident.status-changed' and e.data ->> 'category' not in ('triage', 'active', 'paused')))
        and e.seq > (
          select max(o.seq) from event o
           where o.stream_id = i.id
             and (o.type in ('incident.declared', 'incident.accepted')
                  or (o.type = 'incident.status-changed' and coalesce(o.data ->> 'category', 'active') in ('triage', 'active', 'paused')))))
 where i.category not in ('triage', 'active', 'paused') and i.ended_at is null;

-- The two lists: what is going on, the worst first, and what is over, the latest first.
create index incident_going_on on incident (severity, declared_at, id) where ended_at is null;
create index incident_by_end on incident (ended_at desc, id desc) where ended_at is not null;
