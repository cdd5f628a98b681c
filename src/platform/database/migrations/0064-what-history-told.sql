-- What the chat's history did not tell of this gap besides messages: 'reactions', 'pins'. Null: nothing of it was read, so neither.
alter table gap add column untold text[];
