import { uuidv7 } from 'uuidv7';
import type { Tx } from '#src/platform/database/database';
import type { LoggedEvent, NewEvent } from './event.types.ts';
import type { StreamLog } from './log.ts';
import { organisationStream } from './organisation-stream.ts';

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
  return log.append(tx, await organisationStream(tx), { ...event, id: uuidv7() });
}
