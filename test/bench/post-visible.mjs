import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { uuidv7 } from 'uuidv7';
import { TOKEN, atRate, child, freePort, listen, median, muster, percentile, round, send } from './support.mjs';

const STREAMS = 200;
const PER_SECOND = 10;
const SECONDS = 8;
const PAIRS = 3;
const auth = { authorization: `Bearer ${TOKEN}` };

/** From the moment somebody sends until each of 200 open pages has it; Muster's is durable before anybody sees it. */
export async function postVisible(url) {
  const [barePort, ourPort] = [await freePort(), await freePort()];
  const bare = await child(fileURLToPath(new URL('./bare-sse.mjs', import.meta.url)), { PORT: String(barePort) });
  const ours = await muster(url, ourPort);
  const declared = await send({
    port: ourPort,
    path: '/api/v1/incidents',
    headers: { ...auth, 'content-type': 'application/json', 'idempotency-key': uuidv7() },
    body: JSON.stringify({ title: 'Bench' }),
  });
  const { id } = JSON.parse(declared.body);

  const pairs = [];
  for (let n = 0; n < PAIRS; n++) {
    const limit = await visible({ port: barePort, stream: '/', post: '/' });
    const mine = await visible({ port: ourPort, stream: `/api/v1/incidents/${id}/stream`, post: `/api/v1/incidents/${id}/commands` });
    pairs.push({ limit, mine });
  }
  await Promise.all([bare.stop(), ours.stop()]);

  const ratio = median(pairs.map(({ limit, mine }) => mine.p99 / limit.p99));
  return {
    name: 'post visible on 200 streams, p99, of a bare SSE broadcast',
    unit: 'times the limit, less is better',
    ratio: round(ratio),
    goal: '<= 3',
    met: ratio <= 3,
    details: { streams: STREAMS, postsPerSecond: PER_SECOND, pairs },
  };
}

async function visible({ port, stream, post }) {
  const sentAt = new Map();
  const took = [];
  const streams = await Promise.all(
    Array.from({ length: STREAMS }, () =>
      listen({ port, path: stream, headers: auth }, (line, at) => {
        const began = sentAt.get(/"id":"([0-9a-f-]{36})"/.exec(line)?.[1]);
        if (began !== undefined) took.push(at - began);
      }),
    ),
  );
  const say = async (text) => {
    const id = uuidv7();
    sentAt.set(id, performance.now());
    const { status } = await send({
      port,
      path: post,
      headers: { ...auth, 'content-type': 'application/json' },
      body: JSON.stringify({ id, type: 'message', body: { text } }),
    });
    if (status !== 200) throw new Error(`a post was answered ${status}`);
  };
  await atRate(PER_SECOND, 2, (n) => say(`warm up ${n}`));
  await settled(() => took.length === STREAMS * PER_SECOND * 2);
  took.length = 0;
  await atRate(PER_SECOND, SECONDS, (n) => say(`Rollback at ${n} %`));
  await settled(() => took.length === STREAMS * PER_SECOND * SECONDS);
  for (const { close } of streams) close();
  return { p50: round(percentile(took, 50)), p99: round(percentile(took, 99)), seen: took.length };
}

async function settled(done) {
  for (let n = 0; n < 250 && !done(); n++) await new Promise((resolve) => setTimeout(resolve, 20));
  if (!done()) throw new Error('a post was not seen on every stream within 5 s');
}
