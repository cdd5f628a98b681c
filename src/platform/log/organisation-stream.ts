import { type Tx, rows } from '#src/platform/database/database';

/** Where the events of organisation-wide things go: the health of chats, switches, what was put aside. */
export async function organisationStream(tx: Tx): Promise<string> {
  const [organisation] = await rows<{ stream_id: string }>(tx, 'select stream_id from organisation');
  if (!organisation) throw new Error('The organisation has no stream: the database was not brought up to date.');
  return organisation.stream_id;
}
