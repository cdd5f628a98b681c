-- When whoever has this session last showed who they are: signing in does, and so does signing in again.
alter table session add column confirmed_at timestamptz;
update session set confirmed_at = created_at;
alter table session alter column confirmed_at set default clock_timestamp(), alter column confirmed_at set not null;
