-- People who are called together by one name. What an incident keeps is who was in the team when it was added.
create table team (
  id uuid primary key,
  name text not null,
  -- Not offered any more. It can be brought back.
  archived boolean not null default false
);
create unique index team_by_name on team (lower(name));
create table team_member (
  team_id uuid not null references team (id),
  person_id uuid not null references person (id),
  primary key (team_id, person_id)
);
create index team_member_by_person on team_member (person_id);
