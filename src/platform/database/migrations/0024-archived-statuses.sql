-- Not offered any more. Incidents that stand at it stay there.
alter table status add column archived boolean not null default false;
