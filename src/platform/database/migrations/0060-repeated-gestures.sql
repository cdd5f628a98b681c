-- What a gesture is beside its id: some chats send one again under a new id when they heard no answer.
alter table inbox add column same_as text;
create index inbox_by_same_as on inbox (instance, tenant, same_as, admitted_at) where same_as is not null;
