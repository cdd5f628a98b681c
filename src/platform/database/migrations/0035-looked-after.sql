-- What Muster keeps right about a chat's room beside what is said in it: its name, its topic, the pinned card, the link to the
-- war room. One line for each, with what was wanted when it was last seen to; the same is not asked for again, whatever came of it.
create table mirror_upkeep (
  mirror_id uuid not null references mirror (id),
  what text not null check (what in ('name', 'topic', 'card', 'bookmark', 'archived')),
  wanted text not null,
  -- Somebody in the chat made it otherwise since.
  by_hand boolean not null default false,
  -- Why the chat did not do it; null where it is so.
  fault jsonb,
  primary key (mirror_id, what)
);
-- Names that we gave a room and of which the chat has not told us yet: it does not say who gave a name.
alter table mirror add column given_names text[] not null default '{}';

-- Rooms that are there already keep what people made of them.
insert into mirror_upkeep (mirror_id, what, wanted, by_hand)
select m.id, w.what, case w.what when 'name' then i.reference || ' ' || i.title else '' end, w.what = 'topic'
  from mirror m join incident i on i.id = m.incident_id cross join (values ('name'), ('topic')) w (what) where m.room is not null;

-- A lane of its own: nobody's words wait for a bookmark.
alter table delivery drop constraint delivery_lane_check;
alter table delivery add constraint delivery_lane_check check (lane in ('room', 'card', 'marks', 'upkeep'));
alter table delivery drop constraint delivery_operation_check;
alter table delivery add constraint delivery_operation_check
  check (operation in ('open-room', 'send', 'card', 'edit', 'correct', 'remove', 'react', 'pin', 'members', 'file', 'upkeep'));
