import type { Database } from '#src/platform/database/database';
import { PROCESS_ID } from '#src/platform/loops/process-id';

const LEASE_SECONDS = 5;

/**
 * True when this process may call this tenant's chat for the next seconds; asking again renews. One caller at a time, so
 * that the platform's budget can be counted in memory.
 */
export async function holdTenant(database: Database, instance: string, tenant: string, owner = PROCESS_ID): Promise<boolean> {
  const held = await database.query(
    `insert into chat_lease as l (instance, tenant, owner, until) values ($1, $2, $3, clock_timestamp() + make_interval(secs => $4))
     on conflict (instance, tenant) do update set owner = excluded.owner, until = excluded.until
      where l.owner = excluded.owner or l.until < clock_timestamp() returning 1`,
    [instance, tenant, owner, LEASE_SECONDS],
  );
  return held.length > 0;
}
