-- What a gesture is beside its id: some chats send one again under a new id when they heard no answer.
alter table inbox add column same_as text;
