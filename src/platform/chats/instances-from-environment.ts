import type { Database } from '#src/platform/database/database';
import { environment } from '#src/platform/config/environment';
import type { Log } from '#src/platform/logging/logging';
import type { ChatPlatform } from './plugins.ts';

/**
 * Writes down the chats that the environment switches on, so that every process finds them in the table. A chat that is
 * switched off keeps its row's history and loses its settings.
 */
export async function instancesFromEnvironment(database: Database, platforms: readonly ChatPlatform[], log: Log): Promise<void> {
  const wanted = new Set(
    (environment['CHAT_ADAPTERS'] ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
  );
  for (const name of wanted) {
    if (!platforms.some(({ plugin }) => plugin.id === name)) {
      log.error({ name, known: platforms.map(({ plugin }) => plugin.id) }, 'CHAT_ADAPTERS names a chat that this build does not have');
    }
  }
  for (const { plugin, fromEnvironment } of platforms) {
    if (!wanted.has(plugin.id)) {
      await database.query(`delete from chat_instance where id = $1 and not pretend`, [plugin.id]);
      continue;
    }
    const found = fromEnvironment(environment);
    if ('problems' in found) {
      log.error({ chat: plugin.id, problems: found.problems }, 'chat is not configured');
      continue;
    }
    await database.query(
      `insert into chat_instance (id, plugin, name, config, secrets) values ($1, $1, $2, $3, $4)
       on conflict (id) do update set config = excluded.config, secrets = excluded.secrets, name = excluded.name`,
      [plugin.id, plugin.name, JSON.stringify(found.config), JSON.stringify(found.secrets)],
    );
  }
}
