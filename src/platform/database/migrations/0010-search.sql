-- Search. What people write is found by its words as they stand ("simple": names, other languages) and by the stems of
-- English ones ("failing" by "fails"). The index follows from the row itself, so it is right the moment the row is.
--
-- Marks become spaces, one for one: a path, a host or `pool_wait` is found by any of its parts, and a place in the marked
-- text is the same place in the text.
create function search_text(given text) returns text language sql immutable parallel safe
  return translate(given, e'\x01\x02\x03!"#$%&''()*+,-./:;<=>?@[\\]^_`{|}~', repeat(' ', 35));

create function search_words(given text) returns tsvector language sql immutable parallel safe
  return to_tsvector('english', search_text(given)) || to_tsvector('simple', search_text(given));

-- What waits to be put into an index is looked through by every search: it is kept short.
create index incident_words on incident
  using gin (search_words(reference || ' ' || title || ' ' || coalesce(summary, '') || ' ' || coalesce(learned, '')))
  with (gin_pending_list_limit = 256);
create index message_words on message using gin (search_words(text)) with (gin_pending_list_limit = 256) where deleted_at is null;
create index timeline_entry_words on timeline_entry using gin (search_words(text)) with (gin_pending_list_limit = 256);
create index artifact_words on artifact using gin (search_words(name)) with (gin_pending_list_limit = 256) where removed_at is null;

-- Every word that was ever written here: what one with a typing error was meant to be. Never shown to anybody as such.
create table word (
  word text primary key
);

-- Comes with PostgreSQL, and may be made by whoever owns the database. Without it typing errors are not forgiven.
do $$
begin
  create extension if not exists pg_trgm;
  create index word_alike on word using gin (word gin_trgm_ops);
exception when insufficient_privilege or undefined_file or feature_not_supported or undefined_object then
  raise notice 'pg_trgm cannot be had here: search finds words only as they are spelled.';
end
$$;
