-- Several accounts that are one person's. Each account keeps the person it was met as, in every log and table; a row here says as whom they are read,
-- and, where the evidence is good enough, as whom they may. Taking the row away takes them apart again, and nothing has to be rewritten.
create table person_join (
  person_id uuid primary key references person (id),
  -- As it was joined, so that one of several can be taken apart.
  to_id uuid not null references person (id) check (to_id <> person_id),
  evidence text not null check (evidence in ('idp', 'mail', 'admin', 'claim')),
  at timestamptz not null default clock_timestamp(),
  -- What follows from all rows, for whoever reads: the end of the way, the end of what does not rest on a claim, and whether that rests on a mail.
  one_id uuid not null references person (id),
  may_as uuid not null references person (id),
  by_mail boolean not null default false
);
create index person_join_by_one on person_join (one_id);
create index person_join_by_right on person_join (may_as);

-- An admin has said that they are two: no evidence joins them by itself any more.
create table person_apart (
  one uuid not null references person (id),
  other uuid not null references person (id),
  primary key (one, other),
  check (one < other)
);

-- What a chat said of who an account is, and when.
create table account_evidence (
  instance text not null,
  tenant text not null,
  native_user text not null,
  kind text not null check (kind in ('idp', 'mail')),
  value text not null,
  verified boolean not null,
  at timestamptz not null default clock_timestamp(),
  primary key (instance, tenant, native_user, kind),
  foreign key (instance, tenant, native_user) references account (instance, tenant, native_user)
);
create index account_evidence_by_value on account_evidence (kind, value);

-- Chats whose word of who somebody is counts, and mailboxes that several people read: both an admin's to say.
create table trusted_chat (instance text primary key);
create table shared_mailbox (address text primary key);

-- Said in one place, confirmed in the other. Kept as a hash, good for minutes, once.
create table person_claim (
  code_hash bytea primary key,
  person_id uuid not null references person (id),
  expires_at timestamptz not null
);

-- As whom an account's person is read, and what they may: what they always might, and what those may as whom they were joined, which a mail alone carries no
-- further than a responder. `at_the_door`: as whom a session or token of theirs acts.
create view one_person as
  select p.id as own_id, coalesce(o.id, p.id) as id, coalesce(o.name, p.name) as name,
         case when r.id is null then p.role
              else roles.of[greatest(array_position(roles.of, p.role), least(array_position(roles.of, r.role), case when j.by_mail then 3 else 4 end))] end as role,
         coalesce(j.may_as, p.id) as may_as, case when j.by_mail then p.id else coalesce(j.may_as, p.id) end as at_the_door
    from person p left join person_join j on j.person_id = p.id left join person o on o.id = j.one_id left join person r on r.id = j.may_as and r.id <> p.id
    cross join (select array['guest', 'member', 'responder', 'admin'] as of) roles;

-- Everybody whose rights are theirs as well: themselves, and those they were joined with by more than a claim.
create function theirs(someone uuid) returns setof uuid language sql stable parallel safe as $$
  select coalesce((select may_as from person_join where person_id = someone), someone)
  union
  select person_id from person_join where may_as = coalesce((select may_as from person_join where person_id = someone), someone)
$$;

-- Whoever was met before is asked for once more, since nobody kept what their chat said of them.
update account set profile_at = null where instance in (select id from chat_instance where not pretend);
