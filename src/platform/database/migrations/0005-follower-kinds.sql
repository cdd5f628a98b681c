-- Whoever puts a room into the database as a whole (a restore, an import) has to know which followers reach outside: those
-- must not do again what was done when it happened.
alter table follower add column kind text not null default 'effect' check (kind in ('effect', 'projection'));
