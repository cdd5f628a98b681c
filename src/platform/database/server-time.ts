import type { Database, Tx } from './database.ts';

/** The database's clock: the one time that all processes share. */
export async function serverTime(from: Pick<Database, 'query'> | Tx): Promise<Date> {
  const [{ now }] = (await from.query<{ now: Date }[]>('select clock_timestamp() as now')) as [{ now: Date }];
  return now;
}

export type Now = () => Date;

/** A clock that goes on from a moment that is passed in. */
export function clockFrom(moment: Date): Now {
  const began = performance.now();
  return () => new Date(moment.getTime() + performance.now() - began);
}
