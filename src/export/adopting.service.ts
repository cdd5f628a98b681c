import { type Tx, rows } from '#src/platform/database/database';
import { adopt } from '#src/platform/log/adopt';
import { TELLS_ONLY } from '#src/platform/log/projection.types';
import { type Exported, peopleIn, PROJECTION } from './export.types.ts';

/**
 * Makes a whole log an incident of this Muster, with the tables that follow from it, and answers what it is called here.
 * Nobody is told: what reaches outside has seen it all.
 */
export async function adoptIncident(tx: Tx, { id, reference, events }: Exported): Promise<string> {
  const people = new Map(events.flatMap(({ by, data }) => peopleIn([by, data])).map((person) => [person.id, person.name]));
  for (const [person, name] of people)
    await tx.query(`insert into person (id, name, role) values ($1, $2, 'responder') on conflict do nothing`, [person, name]);
  const called = await referenceFor(tx, reference);
  await adopt(tx, id, events);
  for (const event of events) {
    const step = PROJECTION[event.type];
    if (!step || step === TELLS_ONLY) continue;
    const data = event.type === 'incident.declared' ? { ...event.data, reference: called } : event.data;
    await step(tx, {
      ...event,
      streamId: id,
      at: new Date(event.at),
      occurredAt: event.occurredAt ? new Date(event.occurredAt) : null,
      data: data as never,
      trace: null,
    });
  }
  return called;
}

/** Its own where it is free; the next one where not. The log says the old one in either case. */
async function referenceFor(tx: Tx, wanted: string): Promise<string> {
  const [prefix = 'INC', digits = '0'] = wanted.split('-');
  const counter = prefix === 'DRILL' ? 'drills' : 'incidents';
  const [counted] = await rows<{ count: number }>(tx, `select ${counter} as count from organisation for update`);
  const [taken] = await rows(tx, 'select 1 from incident where reference = $1', [wanted]);
  const count = counted?.count ?? 0;
  const number = taken ? count + 1 : Number(digits);
  await tx.query(`update organisation set ${counter} = $1`, [Math.max(count, number)]);
  return `${prefix}-${number}`;
}
