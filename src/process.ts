import type { Running } from '#src/muster';
import { readConfig } from '#src/platform/config/config';
import { environment } from '#src/platform/config/environment';
import { createLog } from '#src/platform/logging/logging';
import { RecentLines } from '#src/platform/logging/recent-lines';
import { comesSecond } from '#src/platform/processes/comes-second';
import { sayLastWords } from '#src/platform/processes/last-words';
import { underSupervision } from '#src/platform/processes/supervised';

/** One process of Muster, made by the supervisor or by hand. Roles and database come from the environment. */
const config = readConfig(environment);
const roles = config.MUSTER_ROLES;
const databaseUrl = config.DATABASE_URL;
if (!databaseUrl) throw new Error('A single process needs DATABASE_URL. `npm start` brings its own database.');

// From here on nothing it dies of is printed in its own words.
const recent = new RecentLines(process.stdout);
const log = createLog(config.LOG_LEVEL, roles, recent);
sayLastWords({ log, dataDir: config.MUSTER_DATA, about: { roles: roles.join('+') }, recent: () => recent.all() });

let starting: Promise<Running> | null = null;
// Told to stop while it starts, it finishes starting first: half a Muster has nothing to stop it by. While it loads, which takes
// longer, it ends at once; that is why it can be told before the rest is here.
const supervisor = underSupervision({
  log,
  stop: async () => (await starting)?.stop(),
  links: async () => ({ signIn: await link('/sign-in', 'admin'), practice: await link('/practice/start', 'practice') }),
});

process.title = 'muster standby';
const { startMuster } = await import('#src/muster');
const { loadPlatforms } = await import('#src/composition/chats');
const { createLink } = await import('#src/people/sign-in-links');
const { Database } = await import('#src/platform/database/database');
await supervisor.turn;
process.title = `muster ${roles.join(',')}`;

const serves = roles.includes('web') || roles.includes('ingest');
// Whoever waits for an answer comes first: what is told and merged can wait a moment (docs/decisions/0062).
if (!serves) comesSecond();
starting = startMuster(
  { config, databaseUrl, roles, log, platforms: loadPlatforms, want: (role) => supervisor.want(role) },
  serves ? { port: config.PORT, host: config.HOST } : null,
);
const running = await starting;
supervisor.ready(roles);

async function link(path: string, purpose: 'admin' | 'practice'): Promise<string> {
  return new URL(`${path}/${await createLink(running.app.get(Database), purpose)}`, config.PUBLIC_URL).href;
}
