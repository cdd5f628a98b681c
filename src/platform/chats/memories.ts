import type { Forgotten } from '#src/platform/retention/retention';

/** What an adapter wished to have remembered for a while. */
export const OVER_MEMORIES: Forgotten = {
  what: 'what adapters remembered for a while',
  statement: `delete from chat_memory where ctid = any (array(
      select ctid from chat_memory where expires_at < clock_timestamp() limit $1 for update skip locked))`,
};
