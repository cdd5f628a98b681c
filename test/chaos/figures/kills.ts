import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Post } from '#test/processes/kill/history';
import { write } from '#test/processes/kill/writers';
import { RunningMuster, eventually, kill } from '#test/processes/running-muster';
import { freePort } from '#test/support/free-port';
import type { Asked, Figure, Figures } from './figure.types.ts';

const TOKEN = 'a-token-for-the-figure-of-the-kills';
const MOST_GAP_MS = 3_000;
const WRITERS = 20;
const PAUSE_MS = 150;
/** Among the others' turns each process has been up for half a minute when its next one comes, so that no wait between starts has grown. */
const WHOLE = { kills: 20, turnMs: 8_000, supervisors: 3 };
const SMALL = { kills: 1, turnMs: 5_000, supervisors: 1 };

const VICTIMS = {
  'web and ingest': (muster: RunningMuster) => muster.pidOf('web,ingest'),
  'worker and clock': (muster: RunningMuster) => muster.pidOf('worker,clock'),
  standby: (muster: RunningMuster) => muster.pidOf('standby'),
  PostgreSQL: (muster: RunningMuster) => muster.databasePid(),
} as const;

/** What `npm start` runs, each of its processes killed in turn while people write. The database flushes every commit. */
async function gaps({ isSmall }: Asked): Promise<Figure> {
  const { kills, turnMs, supervisors } = isSmall ? SMALL : WHOLE;
  const dataDir = mkdtempSync(join(tmpdir(), 'muster-kills-'));
  const start = { port: await freePort(), dataDir, env: { MUSTER_BOOTSTRAP_TOKEN: TOKEN } };
  let muster = await new RunningMuster(start).ready();
  const room = await declared(start.port);
  const posts: Post[] = [];
  let isOver = false;
  const writing = Array.from({ length: WRITERS }, async (_, n) => {
    for (let k = 0; !isOver; k++)
      await write(`${room}/commands`, TOKEN, `writer ${n}`, [`writer ${n} says ${k}`], () => PAUSE_MS * 2 * Math.random(), posts);
  });
  try {
    const found = new Map<string, number[]>();
    for (let round = 0; round < kills; round++)
      for (const [name, pidOf] of Object.entries(VICTIMS)) {
        const at = await dead(() => pidOf(muster));
        await after(turnMs);
        found.set(name, [...(found.get(name) ?? []), gapAfter(posts, at)]);
      }
    const cold: number[] = [];
    for (let n = 0; n < supervisors; n++) {
      const at = Date.now();
      await muster.killEverything({ database: false });
      muster = await new RunningMuster(start).ready();
      await after(turnMs);
      cold.push(gapAfter(posts, at));
    }
    isOver = true;
    await Promise.all(writing);
    const kept = await textsIn(room);
    const lost = posts.filter(({ acknowledgedAt, text }) => acknowledgedAt !== null && !kept.has(text));
    const worst = Math.max(...[...found.values()].flat());
    return {
      goal: `kill -9 of any one of Muster's processes but the supervisor, or of its PostgreSQL: nobody is kept from writing for more than 3 s, p99, and nothing acknowledged is lost`,
      measured: [
        ...[...found].map(([name, ms]) => `${name} ${seconds(median(ms))} p50, ${seconds(Math.max(...ms))} at most`),
        `${kills} kills of each, ${lost.length} of ${posts.length.toLocaleString('en')} posts lost`,
        `the supervisor with all it runs, started again at once: ${seconds(Math.max(...cold))} at most`,
      ].join('; '),
      pass: worst <= MOST_GAP_MS && lost.length === 0,
    };
  } finally {
    isOver = true;
    await muster.pressCtrlC();
    await Promise.allSettled(writing);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** When it was killed. It may only just be about to start. */
async function dead(pidOf: () => number): Promise<number> {
  let at = 0;
  await eventually(() => {
    try {
      const pid = pidOf();
      at = Date.now();
      kill(pid);
      return true;
    } catch {
      return false;
    }
  }, 20_000);
  return at;
}

/** The longest time from then on in which nobody was told that what they wrote is kept. */
function gapAfter(posts: readonly Post[], at: number): number {
  const times = posts.flatMap(({ acknowledgedAt }) => acknowledgedAt ?? []).sort((a, b) => a - b);
  const before = times.filter((time) => time <= at).at(-1) ?? at;
  const since = [before, ...times.filter((time) => time > at), Date.now()];
  return Math.max(...since.map((time, n) => (n === 0 ? 0 : time - (since[n - 1] ?? time))));
}

async function declared(port: number): Promise<string> {
  const address = `http://127.0.0.1:${port}/api/v1/incidents`;
  const response = await fetch(address, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', 'idempotency-key': 'the-one-of-the-kills' },
    body: JSON.stringify({ title: 'Everything is killed' }),
  });
  if (response.status !== 201) throw new Error(`declaring answered ${response.status}: ${await response.text()}`);
  return `${address}/${((await response.json()) as { number: string }).number}`;
}

async function textsIn(room: string): Promise<Set<string>> {
  const texts = new Set<string>();
  for (let from = 0, more = true; more;) {
    const response = await fetch(`${room}/events?after=${from}`, { headers: { authorization: `Bearer ${TOKEN}` } });
    const page = (await response.json()) as { events: { data: { text?: string } }[]; next: number; more: boolean };
    for (const { data } of page.events) if (data.text !== undefined) texts.add(data.text);
    from = page.next;
    more = page.more;
  }
  return texts;
}

const after = (ms: number): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, ms));
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
const median = (all: readonly number[]): number => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? NaN;

export const figures: Figures = { R5: gaps };
