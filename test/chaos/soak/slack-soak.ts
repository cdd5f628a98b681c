import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startSlackSimulator } from '#adapters/slack/simulator/start';
import type { SlackSimulator } from '#adapters/slack/simulator/types';
import { NOT_TOLD } from '#test/processes/kill/not-told';
import { seeded } from '#test/processes/kill/random';
import { RunningMuster } from '#test/processes/running-muster';
import { freePort } from '#test/support/free-port';
import { MANIFEST } from '#test/support/slack-manifest';
import { until } from '#test/support/until';
import { Heaps } from './heaps.ts';
import { Posts } from './posts.ts';
import { Reader } from './reader.ts';

const TOKEN = 'a-token-for-the-soak-of-the-tests-only';
const ROOMS = 20;
const READERS = 3;
/** A room hears five messages in two seconds. Slack takes one in each; the pretend one is five times as patient. */
const PACE = 5;
const PRELOAD = pathToFileURL(resolve('test/chaos/soak/tell-heap.mjs')).href;
const AT_REST_WITHIN_MS = 300_000;

export interface Plan {
  readonly seed: number;
  readonly minutes: number;
  readonly sampleEveryMs: number;
}

export interface Soaked {
  readonly posts: Posts;
  readonly heaps: Heaps;
  /** From when to when it was posted, on the clock of `posts`. */
  readonly from: number;
  readonly to: number;
  readonly toldToSlack: number;
}

/** What `npm start` runs, and people who write, read and come back for so long, with a pretend Slack that takes all of it. */
export async function soak({ seed, minutes, sampleEveryMs }: Plan): Promise<Soaked> {
  const dataDir = mkdtempSync(join(tmpdir(), 'muster-soak-'));
  const heapsIn = join(dataDir, 'heaps');
  mkdirSync(heapsIn);
  const slack = await startSlackSimulator({ manifest: MANIFEST, seed });
  const port = await freePort();
  const muster = new RunningMuster({ port, dataDir, env: { ...environmentOf(slack), SOAK_HEAPS: heapsIn } });
  const readers: Reader[] = [];
  let posts: Posts | undefined;
  try {
    await muster.ready();
    await joined(muster, slack);
    const rooms = await Promise.all(Array.from({ length: ROOMS }, (_, n) => declared(port, `Room ${n}`)));
    await told(muster);
    posts = new Posts(
      rooms.map((room) => ({ url: `http://127.0.0.1:${port}${room}/commands`, readers: READERS })),
      TOKEN,
    );
    const random = seeded(seed);
    for (const room of rooms)
      for (let n = 0; n < READERS; n++)
        readers.push(new Reader({ port, path: `${room}/stream`, token: TOKEN, random }, (id) => posts?.saw(id)));
    for (const reader of readers) reader.open();
    await until('everybody reads', () => readers.every(({ hasCome }) => hasCome));

    const heaps = new Heaps(heapsIn);
    const from = performance.now();
    posts.start();
    while (performance.now() - from < minutes * 60_000) {
      await new Promise((done) => setTimeout(done, sampleEveryMs));
      await heaps.take();
    }
    posts.stop();
    const to = performance.now();
    // What is missing then is in the figure.
    await until('everybody has seen everything', () => posts?.unseen === 0, AT_REST_WITHIN_MS).catch(() => undefined);
    await told(muster).catch(() => undefined);
    const toldToSlack = Number(await muster.ask(`select count(*)::int from delivery where operation = 'send' and status = 'sent'`));
    return { posts, heaps, from, to, toldToSlack };
  } finally {
    posts?.stop();
    for (const reader of readers) reader.close();
    await muster.pressCtrlC();
    await slack.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const environmentOf = (slack: SlackSimulator): Record<string, string> => ({
  MUSTER_BOOTSTRAP_TOKEN: TOKEN,
  CHAT_ADAPTERS: 'slack',
  SLACK_BOT_TOKEN: slack.app.botToken,
  SLACK_SIGNING_SECRET: slack.app.signingSecret,
  SLACK_API_URL: slack.apiUrl,
  LOG_LEVEL: 'error',
  NODE_OPTIONS: `--import ${PRELOAD}`,
});

async function joined(muster: RunningMuster, slack: SlackSimulator): Promise<void> {
  await slack.setRequestUrl(`http://127.0.0.1:${muster.port}/hooks/slack`);
  await until('Slack is joined', async () => (await muster.ask('select count(*)::int from chat_tenant')) === 1, 60_000);
  await muster.ask(`update chat_instance set pace = ${PACE}`);
  await muster.ask(`select pg_notify('muster', 'test chats:slack')`);
}

const told = (muster: RunningMuster): Promise<unknown> =>
  until('everything is told to Slack', async () => (await muster.ask(NOT_TOLD)) === 0, AT_REST_WITHIN_MS);

/** Where its room is. */
async function declared(port: number, title: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/incidents`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', 'idempotency-key': `the soak's ${title}` },
    body: JSON.stringify({ title }),
  });
  if (response.status !== 201) throw new Error(`declaring answered ${response.status}: ${await response.text()}`);
  return `/api/v1/incidents/${((await response.json()) as { number: string }).number}`;
}
