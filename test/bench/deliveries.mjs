import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { slackWithEvents } from './slack-events.mjs';
import { TOKEN, child, freePort, inLines, median, muster, round, send } from './support.mjs';

const MIRRORS = 100;
const EACH = 10;
const PAIRS = 3;
/**
 * Waits and limits of the platform are divided by these. A hundred rooms are opened as fast as they can be; then twenty words
 * a second and room are more than this machine can say, and a chat that answers within half a second is not taken for silent.
 */
const OPENING_PACE = 10_000;
const PACE = 20;
const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };

/** How fast waiting words reach a hundred rooms of a chat, each in order, each written down before and after it is said. */
export async function deliveries(url) {
  const { slack, environment } = await slackWithEvents();
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  await client.query(
    `insert into chat_instance (id, plugin, name, config, secrets, pace) values ('slack', 'slack', 'Slack', '{}', '{}', ${OPENING_PACE})`,
  );
  const port = await freePort();
  const web = await muster(url, port, environment);
  const worker = await muster(url, port, { ...environment, MUSTER_ROLES: 'worker,clock' });
  const bare = await child(fileURLToPath(new URL('./bare-outbox.mjs', import.meta.url)), { ...environment, DATABASE_URL: url });

  const count = async (what) => Number((await client.query(`select count(*) from ${what}`)).rows[0].count);
  const waiting = (condition = 'true') => count(`delivery where status in ('pending', 'sending', 'unknown') and ${condition}`);
  const ask = async (path, body, method = 'POST') => {
    const answer = await send({
      port,
      path: `/api/v1/${path}`,
      method,
      headers: { ...headers, 'idempotency-key': uuidv7() },
      body: JSON.stringify(body),
    });
    if (answer.status >= 300) throw new Error(`${path} answered ${answer.status}: ${answer.body}`);
    return JSON.parse(answer.body);
  };
  await until(async () => (await count('chat_tenant')) === 1);
  // A chat of which nothing is heard is taken for down, and nothing is said there.
  await slack.setRequestUrl(`http://127.0.0.1:${port}/hooks/slack`);
  const rooms = [];
  for (let n = 0; n < MIRRORS; n++) rooms.push((await ask('incidents', { title: `Bench ${n}` })).id);
  await until(async () => (await count(`mirror where state = 'open'`)) === MIRRORS && (await waiting()) === 0);
  await client.query(`update chat_instance set pace = ${PACE}`);
  await client.query(`select pg_notify('muster', 'bench chats:slack')`);
  const channels = (await client.query('select room from mirror order by room')).rows.map(({ room }) => room);

  /** What people see there: the pretend Slack remembers its latest calls only. */
  const said = () => channels.reduce((sum, channel) => sum + slack.messages(channel).length, 0);

  const mine = async () => {
    await ask('operations/switches/mirrors', { off: true, why: 'The bench fills the lanes.' }, 'PUT');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await inLines(8, MIRRORS * EACH, (n) =>
      ask(`incidents/${rooms[n % MIRRORS]}/commands`, { id: uuidv7(), type: 'message', body: { text: `Rollback at ${n} %` } }),
    );
    await until(async () => (await waiting(`operation = 'send'`)) === MIRRORS * EACH);
    const before = said();
    await ask('operations/switches/mirrors', { off: null, why: 'The lanes are full.' }, 'PUT');
    await until(() => said() > before, 5);
    const began = performance.now();
    const already = said() - before;
    await until(async () => said() - before === MIRRORS * EACH, 20);
    await until(async () => (await waiting(`operation = 'send'`)) === 0, 20);
    return round((MIRRORS * EACH - already) / ((performance.now() - began) / 1000));
  };
  const limit = async () => {
    const { seconds } = await bare.ask({ channels, each: EACH });
    return round((MIRRORS * EACH) / seconds);
  };

  await limit();
  await mine();
  const pairs = [];
  for (let turn = 0; turn < PAIRS; turn++) pairs.push({ limit: await limit(), mine: await mine() });
  await Promise.all([bare.stop(), worker.stop(), web.stop()]);
  await client.end();
  await slack.close();

  const ratio = median(pairs.map((pair) => pair.mine / pair.limit));
  return {
    name: 'deliveries a second to 100 rooms, of a bare outbox',
    unit: 'of the limit, more is better',
    ratio: round(ratio),
    goal: '>= 0.25',
    met: ratio >= 0.25,
    details: { mirrors: MIRRORS, each: EACH, perSecond: pairs },
  };
}

async function until(condition, everyMs = 50) {
  for (const end = Date.now() + 120_000; !(await condition());) {
    if (Date.now() > end) throw new Error('the bench waited two minutes in vain');
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
