import { randomUUID } from 'node:crypto';

/** Who holds a claim or a lease. New at every start: a process that died is never mistaken for its successor. */
export const PROCESS_ID: string = randomUUID();
