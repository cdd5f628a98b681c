-- When a follower had acted on all there was: only streams that something was said in since can hold anything for it. How far
-- it is behind is asked at each scrape, and would otherwise be a look through every stream there ever was.
alter table follower add column caught_up_at timestamptz not null default '-infinity';
