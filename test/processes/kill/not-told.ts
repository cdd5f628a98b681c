/** How much of the log no chat has been told yet: what waits to be said, and what nobody has queued so far. */
export const NOT_TOLD = `select (select count(*) from delivery where status in ('pending', 'sending', 'unknown'))::int
  + (select count(*) from stream s left join follower_cursor c on c.stream_id = s.id and c.follower = 'rooms'
      where s.kind = 'incident' and s.seq > coalesce(c.seq, 0))::int`;
