import { createLink } from '#src/people/sign-in-links';
import { readConfig } from '#src/platform/config/config';
import { environment } from '#src/platform/config/environment';
import { createLog } from '#src/platform/logging/logging';
import { Database } from '#src/platform/database/database';
import type { FromChild, ToChild } from '#src/platform/processes/messages';
import { loadPlatforms } from '#src/composition/chats';
import { startMuster } from '#src/muster';

/** One process of Muster, made by the supervisor or by hand. Roles and database come from the environment. */
const config = readConfig(environment);
const roles = config.MUSTER_ROLES;
const log = createLog(config.LOG_LEVEL, roles);
if (!config.DATABASE_URL) throw new Error('A single process needs DATABASE_URL. `npm start` brings its own database.');

const serves = roles.includes('web') || roles.includes('ingest');
const tell = (message: FromChild): void => {
  if (process.connected) process.send?.(message);
};
const running = await startMuster(
  { config, databaseUrl: config.DATABASE_URL, roles, log, platforms: loadPlatforms, want: (role) => tell({ type: 'want', role }) },
  serves ? { port: config.PORT, host: config.HOST } : null,
);

let stopping = false;
const stop = (): void => {
  if (stopping) return;
  stopping = true;
  void running.stop().finally(() => process.exit(0));
};

process.on('message', (message: ToChild) => {
  if (message.type === 'stop') stop();
  else void sendLinks();
});
process.on('disconnect', stop);
process.on('SIGTERM', stop);
// The terminal sends Ctrl-C to everybody; the supervisor decides who stops when.
process.on('SIGINT', () => (process.connected ? undefined : stop()));

async function sendLinks(): Promise<void> {
  const database = running.app.get(Database);
  const link = async (path: string, purpose: 'admin' | 'practice'): Promise<string> => new URL(`${path}/${await createLink(database, purpose)}`, config.PUBLIC_URL).href;
  tell({ type: 'links', signIn: await link('/sign-in', 'admin'), practice: await link('/practice/start', 'practice') });
}

tell({ type: 'ready', roles });
