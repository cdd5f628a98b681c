-- From when on the chat still had what was said there, where that is not all of the gap: what is older could not be read.
alter table gap add column kept_from timestamptz;
