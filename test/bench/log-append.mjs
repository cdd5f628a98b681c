import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { dist, median, round } from './support.mjs';

const CONNECTIONS = 8;
const ROOMS = 64;
const MS = 2_000;
const PAIRS = 5;

/** `log.append` against the least a durable row can cost: begin, one insert, commit, on the same server in turns. */
export async function logAppend(url) {
  const { DataSource } = await import('typeorm');
  const { dataSourceOptions } = await import(dist('src/platform/database/data-source.js').href);
  const { Database } = await import(dist('src/platform/database/database.js').href);
  const { StreamLog } = await import(dist('src/platform/log/log.js').href);

  const source = await new DataSource(dataSourceOptions(url, CONNECTIONS)).initialize();
  const database = new Database(source);
  const log = new StreamLog(database, { ring: () => undefined });
  const rooms = Array.from({ length: ROOMS }, () => randomUUID());
  await database.transaction(async (tx) => {
    for (const room of rooms) await log.open(tx, room, 'incident');
  });
  await database.query('create table if not exists bare (id uuid primary key, data jsonb not null)');
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS });
  // Its idle connections may outlive `end` by a moment, and then hear that the server goes away.
  pool.on('error', () => undefined);

  const data = { messageId: randomUUID(), text: 'Rollback at 40 %, errors are falling.' };
  let turn = 0;
  const append = () => {
    const room = rooms[turn++ % ROOMS];
    return database.transaction((tx) =>
      log.append(tx, room, { id: randomUUID(), type: 'message.posted', by: null, via: { id: 'web', name: 'web' }, data }),
    );
  };
  const bare = async () => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      await client.query('insert into bare (id, data) values ($1, $2)', [randomUUID(), data]);
      await client.query('commit');
    } finally {
      client.release();
    }
  };

  await perSecond(append, 500);
  await perSecond(bare, 500);
  const pairs = [];
  for (let n = 0; n < PAIRS; n++) pairs.push({ bare: await perSecond(bare, MS), append: await perSecond(append, MS) });
  await pool.end();
  await source.destroy();

  const ratio = median(pairs.map(({ bare: limit, append: ours }) => ours / limit));
  return {
    name: 'log.append, of bare begin+insert+commit',
    unit: 'share of the limit, more is better',
    ratio: round(ratio),
    goal: '>= 0.6',
    met: ratio >= 0.6,
    details: {
      connections: CONNECTIONS,
      rooms: ROOMS,
      pairs: pairs.map((pair) => ({ barePerSecond: Math.round(pair.bare), appendPerSecond: Math.round(pair.append) })),
    },
  };
}

async function perSecond(work, ms) {
  const end = performance.now() + ms;
  const began = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (performance.now() < end) {
        await work();
        done++;
      }
    }),
  );
  return done / ((performance.now() - began) / 1000);
}
