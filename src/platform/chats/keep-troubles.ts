import type { Database } from '#src/platform/database/database';
import { PROCESS_ID } from '#src/platform/loops/process-id';
import type { Trouble } from './troubles.ts';

/** Says which chats do not run in this process, to whichever process shows it. Said again every few seconds. */
export async function keepTroubles(database: Database, troubles: readonly Trouble[]): Promise<void> {
  await database.query(
    `with said as (
       insert into chat_trouble (instance, process, say, detail, is_off, since)
       select t.instance, $1, t.say, t.detail, t."isOff", t.since
         from jsonb_to_recordset($2::jsonb) as t(instance text, say text, detail text, "isOff" boolean, since timestamptz)
         join chat_instance i on i.id = t.instance
       on conflict (instance, process) do update
         set say = excluded.say, detail = excluded.detail, is_off = excluded.is_off, since = excluded.since, said_at = clock_timestamp()
       returning instance
     )
     delete from chat_trouble
      where (process = $1 and instance <> all(select instance from said)) or said_at < clock_timestamp() - interval '1 minute'`,
    [PROCESS_ID, JSON.stringify(troubles)],
  );
}
