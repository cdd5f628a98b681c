-- Up to which number of the room somebody has read of roles that others gave them. Apart from `seq`, which moves by
-- itself whenever they leave: this one moves only when they say so.
alter table read_mark add column roles_seq bigint not null default 0;
