/** Muster's way in with nothing behind it: HTTP, Slack's adapter, the front door. What it admits is forgotten. */
import { dist } from './support.mjs';
import './tell-cpu.mjs';

const load = (path) => import(dist(path).href);
const { readConfig } = await load('src/platform/config/config.js');
const { createLog } = await load('src/platform/logging/logging.js');
const { loadPlatforms } = await load('src/composition/chats.js');
const { Inbox } = await load('src/platform/inbox/inbox.js');
const { startMuster } = await load('src/muster.js');

const config = readConfig(process.env);
const log = createLog('error', config.MUSTER_ROLES, process.stderr);
const { app } = await startMuster(
  { config, databaseUrl: config.DATABASE_URL, roles: config.MUSTER_ROLES, log, platforms: loadPlatforms, want: () => undefined },
  { port: config.PORT, host: config.HOST },
);
app.get(Inbox).admit = async (_instance, envelopes) => new Set(envelopes.map(({ id }) => id));
process.send('ready');
process.on('SIGTERM', () => process.exit(0));
