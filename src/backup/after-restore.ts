import type pg from 'pg';

const WAITED =
  'Something waited for it when the backup was made, and may have been sent since: its receiver knows it by its id. Try again to send it.';
const MAYBE_SAID = 'It was on its way when the backup was made. Look in the chat whether it is there.';

/**
 * What was on its way out when the backup was made may have arrived since, and nobody knows: it is not said again by
 * itself. Posts that waited are held for a person (the room marks them, and they are on /operations); what follows the log with an effect outside,
 * such as the mirrors, goes on from the end of every room. A webhook that something waited for is off until a person says otherwise, and so is every way by which people are told that a chat is down. Opening a room and its card are safe to repeat and go on.
 */
export async function afterRestore(client: pg.ClientBase): Promise<{ held: number }> {
  await client.query(
    `insert into follower_cursor as c (follower, stream_id, seq)
     select f.name, s.id, s.seq from follower f cross join stream s where f.kind = 'effect'
     on conflict (follower, stream_id) do update set seq = excluded.seq, claims = 0, owner = null, lease_until = null, retry_at = null
      where c.seq < excluded.seq`,
  );
  const { rowCount } = await client.query(
    `with held as (
       update delivery set status = 'needs-a-person', owner = null, claim_until = null
        where operation not in ('open-room', 'card', 'members') and status in ('pending', 'sending', 'unknown')
       returning id, attempts)
     insert into quarantine (kind, key, problem, tries) select 'delivery', jsonb_build_array(id), $1, attempts from held
     on conflict on constraint quarantine_once do update set problem = excluded.problem, state = 'aside', owner = null, ended_at = null`,
    [MAYBE_SAID],
  );
  // What is not in the chat any more may have been shown there and taken away since: nothing of it is said again.
  await client.query('update unswept set seen = true where not seen');
  await client.query(
    `insert into delivery (id, mirror_id, lane, position, operation, turn)
     select gen_random_uuid(), m.id, 'room', s.seq, 'members', 0 from mirror m join stream s on s.id = m.incident_id
      where m.private and m.state not in ('failed', 'closed')
     on conflict on constraint delivery_once do update set status = 'pending', attempts = 0, unended = 0, looks = 0,
       next_at = excluded.next_at, settle_at = null, owner = null, claim_until = null, ended_at = null, fault = null
       where delivery.status <> 'needs-a-person'`,
  );
  await client.query(
    `with off as (
       update webhook set off = 'restored', off_at = clock_timestamp()
        where off is null and exists (select 1 from webhook_waiting v where v.webhook_id = webhook.id) returning id),
     unclaimed as (update webhook_lane set claim = claim + 1, claim_until = null where claim_until is not null)
     insert into quarantine (kind, key, problem, tries) select 'webhook', jsonb_build_array(id), $1, 0 from off
     on conflict on constraint quarantine_once do update set problem = excluded.problem, state = 'aside', owner = null, ended_at = null`,
    [WAITED],
  );
  // It may not be the Muster that is to tell people, and what waited is no news any more.
  await client.query(`update notice_way set off = 'restored', off_at = clock_timestamp() where off is null`);
  await client.query(`update notice set status = 'needless', ended_at = clock_timestamp() where status in ('waiting', 'sending')`);
  // A drill is of its moment: nobody is at it any more.
  await client.query(`update drill set phase = 'over', over_at = clock_timestamp(), cut_short = 'restored' where phase <> 'over'`);
  await client.query(`update mirror m set state = 'closed' from chat_instance c where c.id = m.instance and c.drill_of is not null`);
  await client.query('delete from chat_instance where drill_of is not null');
  return { held: rowCount ?? 0 };
}
