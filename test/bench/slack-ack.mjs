import { fileURLToPath } from 'node:url';
import { slackWithEvents } from './slack-events.mjs';
import { atRate, child, freePort, median, muster, percentile, round } from './support.mjs';

const PER_SECOND = 300;
const SECONDS = 6;
const PAIRS = 3;

/** How long Slack waits for its 200 at 300 signed events a second, each durable before it is acknowledged. */
export async function slackAck(url) {
  const { slack, secret, environment, deliver } = await slackWithEvents();
  const [barePort, ourPort] = [await freePort(), await freePort()];
  const bare = await child(fileURLToPath(new URL('./bare-bolt.mjs', import.meta.url)), {
    PORT: String(barePort),
    DATABASE_URL: url,
    SIGNING_SECRET: secret,
  });
  const ours = await muster(url, ourPort, environment);

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
