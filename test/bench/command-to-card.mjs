import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { dist, freePort, median, muster, percentile, round } from './support.mjs';

/** Of fewer, a hundredth is the worst alone: whatever the machine did in that moment. */
const DECLARED = 200;
const WARM_UP = 5;
/** What Slack takes for a call: made longer than our machine's own chance, as the real one is far away. */
const CALL_MS = 80;
/** Without these no channel is there with its card: it is made, marked as ours, has its topic and whoever declared, and then the card. */
const NEEDED = ['create', 'setPurpose', 'setTopic', 'invite'].map((name) => `conversations.${name}`).concat('chat.postMessage');
/**
 * A minute of Slack's and of ours takes twelve seconds, and an incident is declared four or five times in each: how soon a channel is there,
 * not how many. Muster makes some seven channels a minute (it takes the limit of Slack's slowest method for all of a room's); a person
 * declares less often than that. What Muster does beside it, such as sweeping, comes five times as often as it does for real.
 */
const PACE = 5;
const EVERY_MS = 2_600;

/**
 * From the moment somebody sends `/incident …` until the channel is there with its card in it. The limit is what Slack itself takes for the
 * calls that this cannot be had without, one after the other.
 */
export async function commandToCard(url) {
  const { startSlackSimulator } = await import(dist('adapters/slack/simulator/start.js').href);
  const { slackManifest } = await import(dist('adapters/slack/src/plugin.js').href);
  const slack = await startSlackSimulator({ manifest: slackManifest({ name: 'Muster', socketMode: false }) });
  const ana = slack.addUser({ name: 'ana.r', realName: 'Ana Ruiz' }).id;
  const general = slack.addChannel({ name: 'general', members: [ana, slack.app.botUserId] }).id;
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  await client.query(
    `insert into chat_instance (id, plugin, name, config, secrets, pace) values ('slack', 'slack', 'Slack', '{}', '{}', ${PACE})`,
  );
  const port = await freePort();
  const environment = {
    CHAT_ADAPTERS: 'slack',
    SLACK_BOT_TOKEN: slack.app.botToken,
    SLACK_SIGNING_SECRET: slack.app.signingSecret,
    SLACK_API_URL: slack.apiUrl,
  };
  // As `npm start` runs it: what answers Slack and what speaks to it are two processes.
  const [web, worker] = [await muster(url, port, environment), await muster(url, port, { ...environment, MUSTER_ROLES: 'worker,clock' })];
  await slack.setRequestUrl(`http://127.0.0.1:${port}/hooks/slack`);
  await until(async () => Number((await client.query('select count(*) from chat_tenant')).rows[0].count) === 1);
  slack.setFault({ kind: 'slow', byMs: CALL_MS });

  const declare = async (n) => {
    const began = performance.now();
    const before = slack.calls().length;
    await slack.as(ana).command('/incident', `Bench ${n} is slow`, general);
    const channel = await until(() => slack.channels().find(({ name }) => name.endsWith(`-bench-${n}-is-slow`)));
    await until(() => slack.messages(channel.id).some((message) => JSON.stringify(message.blocks ?? '').includes('Take the lead')));
    const ms = performance.now() - began;
    await sleep(Math.max(0, EVERY_MS - ms));
    const calls = slack.calls().slice(before);
    const theirs = NEEDED.map((name) => calls.find(({ method, args }) => method === name && isAbout(args, channel.id, n)));
    return { ms, slackMs: theirs.reduce((sum, call) => sum + call.tookMs, 0) };
  };
  for (let n = 0; n < WARM_UP; n++) await declare(n);
  const all = [];
  for (let n = WARM_UP; n < WARM_UP + DECLARED; n++) all.push(await declare(n));
  await Promise.all([worker.stop(), web.stop()]);
  await client.end();
  await slack.close();

  const limit = median(all.map(({ slackMs }) => slackMs));
  const took = all.map(({ ms }) => ms);
  const [p50, p99] = [percentile(took, 50), percentile(took, 99)];
  const ratio = p99 / limit;
  return {
    name: 'from the command to the channel with its card, p99, of the sum of Slack’s own call times',
    unit: 'times the limit, less is better',
    ratio: round(ratio),
    goal: '<= 1.5',
    met: ratio <= 1.5,
    details: { declared: DECLARED, callMs: CALL_MS, limitMs: round(limit), p50: round(p50), p99: round(p99), p50Ratio: round(p50 / limit) },
  };
}

const isAbout = (args, channel, n) =>
  args.channel === channel || args.channel_id === channel || (typeof args.name === 'string' && args.name.endsWith(`-bench-${n}-is-slow`));

async function until(look) {
  for (const end = performance.now() + 30_000; ;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() > end) throw new Error('the bench waited half a minute in vain');
    await sleep(2);
  }
}
