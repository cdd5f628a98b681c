-- Keys that people have on their devices, by which they get in without anybody else's server. What is kept opens nothing: it only tells
-- whether somebody has the other half.
create table passkey (
  id uuid primary key,
  -- As the device calls it.
  credential_id text not null unique,
  person_id uuid not null references person (id) on delete cascade,
  public_key bytea not null,
  -- How often the device has used it, if it counts: one that goes back was copied. Zero for ever where it is synchronised.
  counter bigint not null,
  name text not null,
  -- The name of the war room that it was made for, and good for.
  relying_party text not null,
  is_synced boolean not null,
  made_at timestamptz not null default clock_timestamp(),
  used_at timestamptz,
  -- When its count last went back, and the audit said so.
  refused_at timestamptz
);
create index passkey_by_person on passkey (person_id);

-- What a device is asked to sign, once. `person_id`: who asked, where somebody was in already.
create table passkey_challenge (
  hash bytea primary key,
  purpose text not null check (purpose in ('make', 'sign-in', 'confirm')),
  person_id uuid references person (id) on delete cascade,
  expires_at timestamptz not null
);
create index passkey_challenge_by_end on passkey_challenge (expires_at);
