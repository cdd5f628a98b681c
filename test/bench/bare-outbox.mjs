/** The least an outbox can cost: mark, call Slack, mark, one after the other in each room and rooms side by side. */
import { WebClient } from '@slack/web-api';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 12 });
const slack = new WebClient(process.env.SLACK_BOT_TOKEN, { slackApiUrl: process.env.SLACK_API_URL, retryConfig: { retries: 0 } });
await pool.query(
  'create table if not exists bare_delivery (id bigserial primary key, channel text not null, body jsonb not null, status text not null)',
);

const emptyLane = async (rows) => {
  for (const { id, channel, body } of rows) {
    await pool.query(`update bare_delivery set status = 'sending' where id = $1`, [id]);
    await slack.chat.postMessage({ channel, ...body });
    await pool.query(`update bare_delivery set status = 'sent' where id = $1`, [id]);
  }
};

process.on('message', async ({ channels, each }) => {
  await pool.query(
    `insert into bare_delivery (channel, body, status)
     select c, jsonb_build_object('text', 'Rollback at ' || n || ' %'), 'pending' from unnest($1::text[]) c, generate_series(1, $2) n`,
    [channels, each],
  );
  const began = performance.now();
  const { rows } = await pool.query(`select * from bare_delivery where status = 'pending' order by id`);
  await Promise.all(channels.map((channel) => emptyLane(rows.filter((row) => row.channel === channel))));
  process.send({ seconds: (performance.now() - began) / 1000 });
});
process.send('ready');
process.on('SIGTERM', () => process.exit(0));
