import type { Database } from '#src/platform/database/database';
import type { Log } from '#src/platform/logging/logging';
import type { ChatSettings } from './chat-settings.ts';

/**
 * Writes down the chats that the operator switched on, so that every process finds them in the table. A chat that is switched
 * off keeps its history and loses its settings; one that cannot be as it is asked for stays as it was.
 */
export async function keepInstances(database: Database, { wanted, problems, asked }: ChatSettings, log: Log): Promise<void> {
  for (const { id, say } of problems) log.error({ instance: id, why: say }, 'chat is not configured');
  if (asked) await database.query('delete from chat_instance where not pretend and id <> all($1::text[])', [asked]);
  for (const { id, plugin, name, config, secrets } of wanted) {
    await database.query(
      `insert into chat_instance (id, plugin, name, config, secrets) values ($1, $2, $3, $4, $5)
       on conflict (id) do update set plugin = excluded.plugin, config = excluded.config, secrets = excluded.secrets, name = excluded.name`,
      [id, plugin, name, JSON.stringify(config), JSON.stringify(secrets)],
    );
  }
}
