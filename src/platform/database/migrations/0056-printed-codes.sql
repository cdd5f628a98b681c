-- Codes that somebody has on paper. Each opens one session of theirs, once. `prefix` is the part by which a code is found, and is no secret;
-- of the rest there is only a slow hash (src/people/slow-hash.ts), since it is short enough to be guessed by a machine that has this table.
create table printed_code (
  id uuid primary key,
  person_id uuid not null references person (id) on delete cascade,
  prefix text not null,
  hash text not null,
  made_by uuid not null references person (id),
  made_at timestamptz not null default clock_timestamp(),
  -- Kept, so that whoever writes it a second time is told why it does not work.
  used_at timestamptz
);
create index printed_code_by_prefix on printed_code (prefix);
create index printed_code_by_person on printed_code (person_id);

-- What stands on everybody's sheet besides the addresses: whom to call, which bridge to dial into. A line each.
alter table organisation add column sheet_numbers text[] not null default '{}';

-- Whether the account was deactivated when its chat was last asked.
alter table account add column deactivated boolean not null default false;
