import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { TOKEN, atRate, child, freePort, listen, muster, percentile, round, send } from './support.mjs';
import { twoChats } from './two-chats.mjs';

const RELAY = fileURLToPath(new URL('./bare-relay.mjs', import.meta.url));
/** As far away as the real ones. */
const CALL_MS = 80;
const ROOMS = 12;
/** Slack takes one message a second in a channel; so each room hears something every two seconds, in turn from each surface. */
const PER_SECOND = 6;
const SECONDS = 40;
const PAIRS = 3;
const OPENING_PACE = 50;
const DIRECTIONS = ['slack to teams', 'teams to slack', 'web to slack', 'web to teams', 'slack to web', 'teams to web'];
const auth = { authorization: `Bearer ${TOKEN}` };

/** From the moment somebody speaks on one surface until it stands on each of the two others, beside a relay that checks and keeps nothing. */
export async function threeSurfaces(url) {
  const said = new Map();
  const saw = (where, text, at) => {
    const [mark] = /bench [0-9a-f-]{36}/.exec(text) ?? [];
    const one = said.get(mark);
    if (one && one.from !== where) one.seen[where] ??= at - one.at;
  };
  const chats = await twoChats(CALL_MS, saw);
  const database = new pg.Pool({ connectionString: url, max: 2 });
  const port = await freePort();
  const web = await muster(url, port, chats.environment);
  const worker = await muster(url, port, { ...chats.environment, MUSTER_ROLES: 'worker' });
  await chats.tellTo(port, { slack: '/hooks/slack', teams: '/hooks/teams' });
  await until('Teams is let in', () => chats.sayInTeams('', 'hello'));
  const rooms = await openRooms(database, port, chats);
  const relayPort = await freePort();
  const relay = await child(RELAY, { PORT: String(relayPort), ROOMS: JSON.stringify(rooms), ...chats.relayEnvironment });
  chats.takeTime();

  const command = (number, id, text) => ({
    path: `/api/v1/incidents/${number}/commands`,
    body: { id, type: 'message', body: { text } },
  });
  const ours = {
    port,
    hooks: { slack: '/hooks/slack', teams: '/hooks/teams' },
    streams: rooms.map(({ number }) => `/api/v1/incidents/${number}/stream`),
    say: command,
  };
  const bare = {
    port: relayPort,
    hooks: { slack: '/slack', teams: '/teams' },
    streams: ['/'],
    say: (number, _id, text) => ({ path: '/say', body: { number, text } }),
  };
  const [mine, limit] = [[], []];
  for (let n = 0; n < PAIRS; n++) {
    limit.push(...(await measure(bare, { rooms, chats, said, saw })));
    mine.push(...(await measure(ours, { rooms, chats, said, saw })));
  }
  await Promise.all([relay.stop(), worker.stop(), web.stop()]);
  await database.end();
  await chats.close();

  const directions = DIRECTIONS.map((direction) => {
    const [from, to] = direction.split(' to ');
    const of = (all) => {
      const took = all.filter((one) => one.from === from).map(({ seen }) => seen[to]);
      return { p50: round(percentile(took, 50)), p99: round(percentile(took, 99)) };
    };
    const each = { limit: of(limit), mine: of(mine) };
    return { direction, ...each, ratio: round(each.mine.p99 / each.limit.p99) };
  });
  // A page needs no call, so there a relay has hardly anything to do: "post-visible" is about that.
  const ratio = Math.max(...directions.filter(({ direction }) => !direction.endsWith('web')).map((one) => one.ratio));
  return {
    name: 'from one surface to a chat, p99 of the slowest direction, of a bare relay that checks and keeps nothing',
    unit: 'times the limit, less is better',
    ratio,
    goal: '<= 2',
    met: ratio <= 2,
    details: { callMs: CALL_MS, rooms: ROOMS, perSecond: PER_SECOND, saidOnEach: (PAIRS * SECONDS * PER_SECOND) / 3, directions },
  };
}

/** What was said, each with how long it took to be seen elsewhere. */
async function measure({ port, hooks, streams, say }, { rooms, chats, said, saw }) {
  await chats.tellTo(port, hooks);
  const pages = await Promise.all(streams.map((path) => listen({ port, path, headers: auth }, (line) => saw('web', line, Date.now()))));
  const speak = {
    slack: ({ channel }, text) => chats.sayInSlack(channel, text),
    teams: ({ thread }, text) => chats.sayInTeams(thread, text),
    web: ({ number }, text) => {
      const { path, body } = say(number, uuidv7(), text);
      return send({ port, path, headers: { ...auth, 'content-type': 'application/json' }, body: JSON.stringify(body) });
    },
  };
  const sayOn = (n) => {
    const from = ['slack', 'teams', 'web'][Math.floor(n / ROOMS) % 3];
    const text = `bench ${uuidv7()}`;
    said.set(text, { from, at: Date.now(), seen: {} });
    return speak[from](rooms[n % ROOMS], text);
  };
  const isSeen = () => {
    chats.lookAtSlack();
    return [...said.values()].every(({ seen }) => Object.keys(seen).length === 2);
  };
  await atRate(PER_SECOND, ROOMS / 2, sayOn);
  await until('what was said first is seen', isSeen);
  said.clear();
  await atRate(PER_SECOND, SECONDS, sayOn);
  await until('everything that was said is seen everywhere', isSeen);
  for (const { close } of pages) close();
  const all = [...said.values()];
  said.clear();
  return all;
}

/** Each with its channel in Slack, in which Ana is, and its thread in Teams. */
async function openRooms(database, port, chats) {
  await until('both chats are joined', async () => (await database.query('select 1 from chat_tenant')).rowCount === 2);
  await setPace(database, OPENING_PACE);
  for (let n = 0; n < ROOMS; n++) {
    const headers = { ...auth, 'content-type': 'application/json', 'idempotency-key': uuidv7() };
    await send({ port, path: '/api/v1/incidents', headers, body: JSON.stringify({ title: `Bench ${n}` }) });
  }
  const query = `select i.reference as number, a.room as channel, b.room as thread from incident i
    join mirror a on a.incident_id = i.id and a.instance = 'slack' join mirror b on b.incident_id = i.id and b.instance = 'teams'
    where a.room is not null and b.room is not null order by i.id`;
  await until('every incident has its rooms', async () => (await database.query(query)).rowCount === ROOMS);
  const { rows } = await database.query(query);
  for (const { channel } of rows) await chats.join(channel);
  const busy = `select 1 from delivery where status in ('pending', 'sending', 'unknown') and lane <> 'upkeep' limit 1`;
  await until('everything is told', async () => (await database.query(busy)).rowCount === 0);
  await setPace(database, 1);
  return rows;
}

async function setPace(database, pace) {
  await database.query('update chat_instance set pace = $1', [pace]);
  for (const chat of ['slack', 'teams']) await database.query('select pg_notify($1, $2)', ['muster', `bench chats:${chat}`]);
  // Each process hears it in its own time.
  await sleep(2_000);
}

async function until(what, look) {
  for (const end = Date.now() + 90_000; ; await sleep(50)) {
    if (await Promise.resolve(look()).catch(() => false)) return;
    if (Date.now() > end) throw new Error(`the bench waited in vain: ${what}`);
  }
}
