import { fileURLToPath } from 'node:url';
import { slackWithEvents } from './slack-events.mjs';
import { TOKEN, child, freePort, inLines, median, round } from './support.mjs';

const EVENTS = 6_000;
const LINES = 16;
const PAIRS = 3;

/** What a signed event costs the processor before anything is kept: HTTP, the signature, decoding, the front door. */
export async function inboundCpu(url) {
  const { slack, secret, environment, deliver } = await slackWithEvents();
  const [barePort, ourPort] = [await freePort(), await freePort()];
  const bare = await child(file('bare-bolt.mjs'), { PORT: String(barePort), SIGNING_SECRET: secret, DATABASE_URL: '' });
  const ours = await child(file('way-in.mjs'), {
    ...environment,
    DATABASE_URL: url,
    PORT: String(ourPort),
    MUSTER_ROLES: 'web,ingest',
    MUSTER_BOOTSTRAP_TOKEN: TOKEN,
  });
  await until(() => deliver(ourPort, '/hooks/slack'));

  const perEvent = async (process_, port, path) => {
    const before = await process_.ask('cpu');
    await inLines(LINES, EVENTS, () => deliver(port, path));
    return round(((await process_.ask('cpu')) - before) / EVENTS);
  };
  const both = async () => ({
    limit: await perEvent(bare, barePort, '/slack/events'),
    mine: await perEvent(ours, ourPort, '/hooks/slack'),
  });
  await both();
  const pairs = [];
  for (let turn = 0; turn < PAIRS; turn++) pairs.push(await both());
  await Promise.all([bare.stop(), ours.stop()]);
  await slack.close();

  const ratio = median(pairs.map(({ limit, mine }) => mine / limit));
  return {
    name: 'processor time of a signed Slack event, nothing kept, of bare Bolt',
    unit: 'times the limit, less is better',
    ratio: round(ratio),
    goal: '<= 2',
    met: ratio <= 2,
    details: { events: EVENTS, lines: LINES, microsecondsPerEvent: pairs },
  };
}

const file = (name) => fileURLToPath(new URL(`./${name}`, import.meta.url));

/** HTTP opens before the chats are loaded. */
async function until(call) {
  for (let left = 100; ; left--) {
    try {
      return await call();
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
