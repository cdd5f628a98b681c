-- Files of an incident's room, as its log tells them. Their bytes are in the store of files, under "<id>.<sha256>".
create table artifact (
  id uuid primary key,
  incident_id uuid not null references incident (id),
  name text not null,
  media_type text not null,
  size bigint not null check (size > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  -- What a picture shows, in words.
  alt text,
  -- The message it goes with. Not a reference: the file may arrive before the message does.
  message_id uuid,
  added_by jsonb not null,
  added_at timestamptz not null,
  removed_at timestamptz
);
create index artifact_by_incident on artifact (incident_id, added_at);

-- What signs the short links to files. One row, 244 random bits, made here: every process signs with the same.
create table artifact_link_secret (
  one boolean primary key default true check (one),
  secret bytea not null
);
insert into artifact_link_secret (secret)
select decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex');
