import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { atRate, child, dist, freePort, median, muster, percentile, round, send, signed } from './support.mjs';

const PER_SECOND = 300;
const SECONDS = 6;
const PAIRS = 3;

/** How long Slack waits for its 200 at 300 signed events a second, each durable before it is acknowledged. */
export async function slackAck(url) {
  const secret = randomBytes(16).toString('hex');
  const { startSlackSimulator } = await import(dist('adapters/slack/simulator/start.js').href);
  const slack = await startSlackSimulator({ app: { signingSecret: secret } });
  const channel = slack.addChannel({ name: 'bench', members: [slack.app.botUserId] });
  const user = slack.addUser({ name: 'ana', realName: 'Ana Ruiz' });

  const [barePort, ourPort] = [await freePort(), await freePort()];
  const bare = await child(fileURLToPath(new URL('./bare-bolt.mjs', import.meta.url)), {
    PORT: String(barePort),
    DATABASE_URL: url,
    SIGNING_SECRET: secret,
  });
  const ours = await muster(url, ourPort, {
    CHAT_ADAPTERS: 'slack',
    SLACK_BOT_TOKEN: slack.app.botToken,
    SLACK_SIGNING_SECRET: secret,
    SLACK_API_URL: slack.apiUrl,
  });

  let n = 0;
  const body = () => {
    const ts = `${Math.floor(Date.now() / 1000)}.${String(++n).padStart(6, '0')}`;
    return JSON.stringify({
      token: 'unused',
      team_id: slack.team.id,
      api_app_id: slack.app.id,
      type: 'event_callback',
      event_id: `Ev${n}`,
      event_time: Math.floor(Date.now() / 1000),
      authorizations: [{ team_id: slack.team.id, user_id: slack.app.botUserId, is_bot: true }],
      event: {
        type: 'message',
        channel: channel.id,
        channel_type: 'channel',
        user: user.id,
        text: `Rollback at ${n} %`,
        ts,
        event_ts: ts,
        team: slack.team.id,
      },
    });
  };
  const deliver = async (port, path) => {
    const text = body();
    const { status, ms } = await send({ port, path, headers: signed(secret, text), body: text });
    if (status !== 200) throw new Error(`${path} answered ${status}`);
    return ms;
  };
  const measure = async (port, path) => {
    await atRate(PER_SECOND, 2, () => deliver(port, path));
    const took = await atRate(PER_SECOND, SECONDS, () => deliver(port, path));
    return { p50: round(percentile(took, 50)), p99: round(percentile(took, 99)) };
  };

  const pairs = [];
  for (let turn = 0; turn < PAIRS; turn++)
    pairs.push({ limit: await measure(barePort, '/slack/events'), mine: await measure(ourPort, '/hooks/slack') });
  await Promise.all([bare.stop(), ours.stop()]);
  await slack.close();

  const ratio = median(pairs.map(({ limit, mine }) => mine.p99 / limit.p99));
  return {
    name: 'acknowledgement of signed Slack events at 300/s, durable, p99, of bare Bolt with one insert',
    unit: 'times the limit, less is better',
    ratio: round(ratio),
    goal: '<= 3',
    met: ratio <= 3,
    details: { perSecond: PER_SECOND, pairs },
  };
}
