import type { TestApp } from '#test/support/app';

const SURFACES = [
  { id: 'web', name: 'web' },
  { id: 'slack', name: 'Slack' },
];
const PEOPLE = ['Ana Ruiz', 'Bo Lindqvist', 'Cy Mbeki', 'Dee Okafor', 'Mia Berg'];

/** Fills a room at once, one message every 17 seconds, by five people from two places. */
export async function manyMessages(app: TestApp, incidentId: string, count: number, text: (n: number) => string): Promise<void> {
  const [person] = await app.database.query<{ id: string }>('select id from person limit 1');
  const numbers = Array.from({ length: count }, (_, at) => at + 1);
  await app.database.query(
    `with given as (
       select gen_random_uuid() as id, jsonb_build_object('id', $5::text, 'name', name) as author, text, via::jsonb, 1 + n as seq
         from unnest($2::text[], $3::text[], $4::text[]) with ordinality given(text, name, via, n)
     ), written as (
       insert into message (id, incident_id, author, text) select id, $1, author, text from given
     ), logged as (
       insert into event (stream_id, seq, id, type, display_at, actor, via, data)
       select $1, seq, id, 'message.posted', clock_timestamp() + seq * interval '17 seconds', author, via,
              jsonb_build_object('messageId', id, 'text', text)
         from given
     )
     update stream set seq = seq + $6 where id = $1`,
    [
      incidentId,
      numbers.map(text),
      numbers.map((n) => PEOPLE[(n * 7) % 5]),
      numbers.map((n) => JSON.stringify(SURFACES[(n * 3) % 2])),
      person?.id,
      count,
    ],
  );
}
