import type { Forgotten } from '#src/platform/retention/retention';

/**
 * What a chat told us is in the log once it was handled: after a month its body is only weight, and people's words in one more
 * place. Its key stays for ever, so that nothing is heard twice; and what nobody could handle stays whole until somebody does.
 */
export const READ_BODIES: Forgotten = {
  what: 'bodies of what chats told us',
  statement: `update inbox set body = null where ctid = any (array(
      select ctid from inbox where status = 'done' and body is not null and admitted_at < clock_timestamp() - interval '30 days'
       order by admitted_at limit $1 for update skip locked))`,
};
