import { type Database, rows } from '#src/platform/database/database';
import type { Log } from '#src/platform/logging/logging';
import type { ChatSecrets, Secrets } from './chat-secrets.ts';
import type { ChatSettings, WantedChat } from './chat-settings.ts';

/**
 * Writes down the chats that the operator switched on, so that every process finds them in the table. A chat that is switched
 * off keeps its history and loses its settings; one that cannot be as it is asked for, or that an admin entered, stays as it was.
 */
export async function keepInstances(
  database: Database,
  { wanted, problems, asked }: ChatSettings,
  secrets: ChatSecrets,
  log: Log,
): Promise<void> {
  for (const { id, say } of problems) log.error({ instance: id, why: say }, 'chat is not configured');
  if (asked) await database.query('delete from chat_instance where not pretend and not entered and id <> all($1::text[])', [asked]);
  for (const chat of wanted) await keepInstance(database, chat, secrets);
  await secrets.sealAll();
  if (wanted.length > 0 && !secrets.areSealed)
    log.warn({}, 'the secrets of chats lie in the database and in backups as they are: set MUSTER_SECRET to have them encrypted');
}

/**
 * A secret of the settings that is another one now wins over what the adapter kept under its name. Where nobody can tell,
 * because MUSTER_SECRET is another one, what the adapter kept stays for the MUSTER_SECRET of that time.
 */
async function keepInstance(database: Database, { id, plugin, name, config, secrets: given }: WantedChat, secrets: ChatSecrets) {
  await database.transaction(async (tx) => {
    const [row] = await rows<{ secrets: Secrets }>(tx, 'select secrets from chat_instance where id = $1 for update', [id]);
    // Sealed anew it looks like another one, and every process would make the chat anew.
    const isKept = row !== undefined && secrets.areKept(id, row.secrets, given);
    const before = row ? secrets.open(id, row.secrets) : {};
    const changed = Object.keys(given).filter((each) => before[each] !== null && before[each] !== given[each]);
    await tx.query(
      `insert into chat_instance (id, plugin, name, config, secrets) values ($1, $2, $3, $4, $5)
       on conflict (id) do update
         set plugin = excluded.plugin, config = excluded.config, secrets = excluded.secrets, name = excluded.name, entered = false`,
      [id, plugin, name, JSON.stringify(config), JSON.stringify(isKept ? row.secrets : secrets.seal(id, given))],
    );
    await tx.query(`delete from chat_secret where instance = $1 and split_part(name, ':', 1) = any($2::text[])`, [id, changed]);
  });
}
