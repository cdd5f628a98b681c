import { uuidv7 } from 'uuidv7';
import { type Database, type Tx, rows } from '#src/platform/database/database';
import type { LoggedEvent, NewEvent } from './event.types.ts';
import type { StreamLog } from './log.ts';

/** A change of what belongs to no incident: settings, people. Values, so that each line can be read alone. */
export interface OrganisationChange {
  /** Whom or what it is about, as people would say it. */
  readonly what: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Records a change in the organisation's own stream. Append it last. */
export async function recordChange(
  tx: Tx,
  log: StreamLog,
  event: Pick<NewEvent, 'type' | 'by' | 'via'> & { readonly data: OrganisationChange },
): Promise<LoggedEvent> {
  const [organisation] = await rows<{ stream_id: string }>(tx, 'select stream_id from organisation');
  return log.append(tx, organisation?.stream_id ?? '', { ...event, id: uuidv7() });
}

export async function organisationStream(database: Database): Promise<string> {
  const [organisation] = await database.query<{ stream_id: string }>('select stream_id from organisation');
  if (!organisation) throw new Error('The organisation row is missing: the database was not migrated.');
  return organisation.stream_id;
}
