// R10: what Slack held back comes all at once, signed, while people write in the same rooms.
import http from 'node:http';
import { uuidv7 } from 'uuidv7';
import { slackWithEvents } from '../../bench/slack-events.mjs';
import { TOKEN, atRate, freePort, muster, percentile, round, send } from '../../bench/support.mjs';

const WHOLE = { events: 30_000, rooms: 20 };
const SMALL = { events: 3_000, rooms: 5 };
const PER_SECOND = 500;
const POSTS_PER_SECOND = 10;
const MOST_EVENT_MS = 1_000;
const MOST_POST_MS = 250;
/** Muster makes some seven channels a minute. */
const PATIENCE_MS = 5 * 60_000;
/** Posts have lines of their own: behind five hundred events they would wait in the one who measures. */
const ofPosts = new http.Agent({ keepAlive: true });

async function flood({ isSmall, durableDatabase }) {
  const { events, rooms } = isSmall ? SMALL : WHOLE;
  const database = await durableDatabase();
  const { slack, environment, deliver } = await slackWithEvents();
  const port = await freePort();
  const web = await muster(database.url, port, environment);
  const worker = await muster(database.url, await freePort(), { ...environment, MUSTER_ROLES: 'worker,clock' });
  try {
    await until('Slack is joined', () => deliver(port, '/hooks/slack'));
    // Without the echoes of what Muster says itself its Slack would rightly be called silent, and rooms would wait.
    await slack.setRequestUrl(`http://127.0.0.1:${port}/hooks/slack`);
    const opened = await openRooms(port, slack, rooms);
    const seconds = events / PER_SECOND;
    const refused = { events: 0, posts: 0 };
    const toOurs = (n) => deliver(port, '/hooks/slack', opened[n % rooms].channel).catch(() => (refused.events++, null));
    const post = (n) => says(port, opened[n % rooms].number).catch(() => (refused.posts++, null));
    const [taken, posted] = await Promise.all([atRate(PER_SECOND, seconds, toOurs), atRate(POSTS_PER_SECOND, seconds, post)]);
    const p99 = (took) =>
      round(
        percentile(
          took.filter((ms) => ms !== null),
          99,
        ),
      );
    const [event, room] = [p99(taken), p99(posted)];
    return {
      goal: `${events.toLocaleString('en')} events at ${PER_SECOND}/s: every one answered 200, p99 at most 1 s; what people post meanwhile is kept within 250 ms, p99`,
      measured: `events ${event} ms p99, ${refused.events} not answered 200; posts ${room} ms p99, ${refused.posts} not kept`,
      pass: refused.events === 0 && refused.posts === 0 && event <= MOST_EVENT_MS && room <= MOST_POST_MS,
    };
  } finally {
    await Promise.all([web.stop(), worker.stop()]);
    await slack.close();
    await database.stop();
  }
}

/** Incidents with their rooms in the chat. */
async function openRooms(port, slack, many) {
  const numbers = [];
  for (let n = 0; n < many; n++) {
    const { body } = await send({
      port,
      path: '/api/v1/incidents',
      headers: headers({ 'idempotency-key': uuidv7() }),
      body: JSON.stringify({ title: `Flooded ${n}` }),
    });
    numbers.push(JSON.parse(body).number);
  }
  return until('the rooms', async () => {
    const channels = slack.channels();
    const rooms = numbers.map((number) => ({
      number,
      channel: channels.find(({ name }) => name.startsWith(`${number.toLowerCase()}-`))?.id,
    }));
    if (rooms.some(({ channel }) => channel === undefined)) throw new Error('not yet');
    return rooms;
  });
}

async function says(port, number) {
  const body = JSON.stringify({ id: uuidv7(), type: 'message', body: { text: 'We look into it' } });
  const { status, ms } = await send({ port, path: `/api/v1/incidents/${number}/commands`, headers: headers(), body, agent: ofPosts });
  if (status !== 200) throw new Error(`a post was answered ${status}`);
  return ms;
}

const headers = (also = {}) => ({ authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...also });

async function until(what, call) {
  for (const end = Date.now() + PATIENCE_MS; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    try {
      return await call();
    } catch (error) {
      if (Date.now() > end) throw new Error(`waited in vain: ${what}`, { cause: error });
    }
  }
}

export const figures = { R10: flood };
