-- What somebody can be in an incident. People write the key; Muster itself counts on "lead" only.
create table incident_role (
  key text primary key,
  name text not null,
  -- What whoever takes it is told.
  instructions text not null,
  rank integer not null,
  shipped boolean not null default false,
  -- Given to nobody any more. Whoever has it keeps it.
  retired boolean not null default false
);
insert into incident_role (key, name, instructions, rank, shipped) values
  ('lead', 'Lead', 'Decide and delegate; you need not fix anything yourself. Keep one picture of what is known, give each question to one person, and say when the next update comes.', 10, true),
  ('comms', 'Communications', 'Tell those who are not in this room. Share an update when something changes and whenever one was promised, in words that customers understand. Ask the lead what may be said.', 20, true),
  ('ops', 'Operations', 'Make the changes, or know who makes them. Say here what you are about to do before you do it, and what came of it. One change at a time.', 30, true),
  ('scribe', 'Scribe', 'Keep the timeline. Pin what matters, add what happened outside this room with its time, and write down each decision with who made it.', 40, true);

-- At most one person has a role. The lead is also on the incident's row, because every list asks for it.
create table role_holder (
  incident_id uuid not null references incident (id),
  role text not null references incident_role (key),
  person_id uuid not null references person (id),
  primary key (incident_id, role)
);
insert into role_holder (incident_id, role, person_id) select id, 'lead', lead_id from incident where lead_id is not null;

-- Watches and does not act.
alter table participant add column observer boolean not null default false;
