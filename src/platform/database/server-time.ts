import type { Database, Tx } from './database.ts';

/** The database's clock: the one time that all processes share. */
export async function serverTime(from: Pick<Database, 'query'> | Tx): Promise<Date> {
  const [{ now }] = (await from.query<{ now: Date }[]>('select clock_timestamp() as now')) as [{ now: Date }];
  return now;
}
