-- Who may what: a role may what those before it may. A guest only practises.
alter table person drop constraint person_role_check;
alter table person add constraint person_role_check check (role in ('guest', 'member', 'responder', 'admin'));

-- Where an incident can stand. Logic reads the category, which is fixed; the statuses inside are the organisation's own.
-- The first by rank is where an incident stands when it enters its category.
create table status (
  name text primary key,
  category text not null check (category in ('triage', 'active', 'post_incident', 'closed', 'declined', 'merged', 'canceled', 'paused')),
  rank integer not null,
  shipped boolean not null default false,
  unique (category, rank)
);
insert into status (name, category, rank, shipped) values
  ('triage', 'triage', 10, true),
  ('investigating', 'active', 10, true),
  ('identified', 'active', 20, true),
  ('fixing', 'active', 30, true),
  ('monitoring', 'active', 40, true),
  ('resolved', 'post_incident', 10, true),
  ('documenting', 'post_incident', 20, true),
  ('reviewing', 'post_incident', 30, true),
  ('closed', 'closed', 10, true),
  ('declined', 'declined', 10, true),
  ('merged', 'merged', 10, true),
  ('canceled', 'canceled', 10, true),
  ('paused', 'paused', 10, true);

-- From which category an incident may go to which. Inside one it may always move.
create table category_move (
  from_category text not null,
  to_category text not null,
  primary key (from_category, to_category)
);
insert into category_move (from_category, to_category) values
  ('triage', 'active'), ('triage', 'declined'), ('triage', 'merged'), ('triage', 'canceled'),
  ('active', 'post_incident'), ('active', 'paused'), ('active', 'merged'), ('active', 'canceled'),
  ('paused', 'active'), ('paused', 'merged'), ('paused', 'canceled'),
  ('post_incident', 'active'), ('post_incident', 'closed'), ('post_incident', 'merged'),
  ('closed', 'active'), ('closed', 'post_incident'),
  ('declined', 'active'), ('declined', 'triage'),
  ('merged', 'active'),
  ('canceled', 'active');

alter table incident drop constraint incident_kind_check;
alter table incident add constraint incident_kind_check
  check (kind in ('standard', 'near_miss', 'planned', 'drill', 'retrospective', 'test'));
alter table incident add constraint incident_status_known foreign key (status) references status (name);
alter table incident add column private boolean not null default false;
alter table incident add column merged_into uuid references incident (id);
-- Why it was no incident.
alter table incident add column declined text;
create index incident_merged_into on incident (merged_into) where merged_into is not null;
create index participant_by_person on participant (person_id);

-- A closed mirror was open to more people than its incident is now: nothing is told there and nothing heard any more.
alter table mirror add column private boolean not null default false;
alter table mirror drop constraint mirror_state_check;
alter table mirror add constraint mirror_state_check
  check (state in ('opening', 'open', 'suspect', 'parked', 'catching-up', 'failed', 'closed'));
alter table mirror drop constraint mirror_incident_id_instance_tenant_key;
create unique index mirror_of_incident on mirror (incident_id, instance, tenant) where state <> 'closed';
