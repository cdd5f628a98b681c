import type { Database } from '#src/platform/database/database';
import { PROCESS_ID } from './process-id.ts';

const LEASE_SECONDS = 5;

/** What one process at a time does: calling a chat's tenant, so that the platform's budget can be counted in memory. */
export interface Lease {
  readonly instance: string;
  readonly tenant: string;
}

/** The lease of work that one process does for all chats. */
export const leaseOfAll = (work: string): Lease => ({ instance: '*', tenant: work });

/** True when this process holds the lease for the next seconds; asking again renews it. */
export async function holdLease(database: Database, { instance, tenant }: Lease, owner = PROCESS_ID): Promise<boolean> {
  const held = await database.query(
    `insert into chat_lease as l (instance, tenant, owner, until) values ($1, $2, $3, clock_timestamp() + make_interval(secs => $4))
     on conflict (instance, tenant) do update set owner = excluded.owner, until = excluded.until
      where l.owner = excluded.owner or l.until < clock_timestamp() returning 1`,
    [instance, tenant, owner, LEASE_SECONDS],
  );
  return held.length > 0;
}

/** Lets another process take it at once. Whoever does not hold it changes nothing. */
export async function giveUpLease(database: Database, { instance, tenant }: Lease): Promise<void> {
  await database.query('delete from chat_lease where instance = $1 and tenant = $2 and owner = $3', [instance, tenant, PROCESS_ID]);
}
