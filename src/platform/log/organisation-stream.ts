/** A transaction or the database: whoever can be asked. */
interface Askable {
  query(sql: string): Promise<{ stream_id: string }[]>;
}

/** Where the events of organisation-wide things go: the health of chats, switches, people, what was put aside. */
export async function organisationStream(from: Askable): Promise<string> {
  const [organisation] = await from.query('select stream_id from organisation');
  if (!organisation) throw new Error('The organisation has no stream: the database was not brought up to date.');
  return organisation.stream_id;
}
