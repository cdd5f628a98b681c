-- Tokens that people make themselves. Null scopes: for everything, as the token that Muster is started with.
alter table api_token
  add column id uuid not null default gen_random_uuid() unique,
  add column scopes text[] check (cardinality(scopes) > 0 and scopes <@ array['read', 'write', 'admin']),
  add column expires_at timestamptz,
  add column last_used_at timestamptz;
create index api_token_person on api_token (person_id);
