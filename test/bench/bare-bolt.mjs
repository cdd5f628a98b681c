/** The least an acknowledgement can cost with Bolt: verify and answer; with a DATABASE_URL insert one row and commit before. */
import bolt from '@slack/bolt';
import pg from 'pg';
import './tell-cpu.mjs';

const { DATABASE_URL } = process.env;
const pool = DATABASE_URL ? new pg.Pool({ connectionString: DATABASE_URL, max: 12 }) : null;
const receiver = new bolt.HTTPReceiver({
  signingSecret: process.env.SIGNING_SECRET,
  endpoints: ['/slack/events'],
  processBeforeResponse: true,
  logLevel: 'error',
});
const app = new bolt.App({
  receiver,
  processBeforeResponse: true,
  logLevel: 'error',
  authorize: async () => ({ botToken: 'xoxb-none', botId: 'B1', botUserId: 'U1' }),
});
app.event('message', async ({ body }) => {
  if (!pool) return;
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('insert into bare_event (id, body) values ($1, $2)', [body.event_id, body]);
    await client.query('commit');
  } finally {
    client.release();
  }
});
await pool?.query('create table if not exists bare_event (id text primary key, body jsonb not null)');
await app.start(Number(process.env.PORT));
process.send('ready');
process.on('SIGTERM', () => process.exit(0));
