-- Whether an account is an app's: it takes no role and is let in nowhere by name. Null until its chat was asked.
alter table account add column bot boolean;
