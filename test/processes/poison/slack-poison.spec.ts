import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import type { SlackSimulator } from '#adapters/slack/simulator/types';
import { startSlackSimulator } from '#adapters/slack/simulator/start';
import type { RoomEvent } from '#libs/war-room-protocol/events';
import { freshDatabase } from '#test/support/database';
import { until } from '#test/support/until';
import { freePort } from '#test/support/free-port';
import { MANIFEST } from '#test/support/slack-manifest';
import { OneProcess } from '../several/one-process.ts';
import { incidentInSlack } from '../slack-incident.ts';

import.meta.jest.setTimeout(240_000);

const TOKEN = 'a-token-for-the-tests-of-poison-only';
const ROOM = '/api/v1/incidents/INC-1';
/** After each death the process is loaded anew and waits for the end of a lease of five seconds: six seconds each, and thirty where all is slow. */
const THREE_DEATHS_MS = 200_000;

/** Each of three things ends the worker with SIGKILL whenever it is touched. Somebody starts the worker again each time. */
describe('A worker that dies of one thing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-poison-'));
  const deaths = join(folder, 'deaths');
  const sql = { url: '', drop: async (): Promise<void> => undefined };
  let database: pg.Pool;
  let slack: SlackSimulator;
  let web: OneProcess;
  let worker: OneProcess;
  let keeper: NodeJS.Timeout;
  let url: string;
  let ana: string;
  let channel: string;

  beforeAll(async () => {
    writeFileSync(deaths, '');
    Object.assign(sql, await freshDatabase());
    database = new pg.Pool({ connectionString: sql.url, max: 3 });
    slack = await startSlackSimulator({ manifest: MANIFEST });
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const env = {
      DATABASE_URL: sql.url,
      MUSTER_BOOTSTRAP_TOKEN: TOKEN,
      CHAT_ADAPTERS: 'slack',
      SLACK_BOT_TOKEN: slack.app.botToken,
      SLACK_SIGNING_SECRET: slack.app.signingSecret,
      SLACK_API_URL: slack.apiUrl,
      DEATHS: deaths,
      PORT: String(port),
    };
    web = new OneProcess('web', { roles: ['web', 'ingest'], env }).start();
    worker = new OneProcess('worker', { roles: ['worker'], env, args: ['--import', './test/processes/poison/deadly.mjs'] }).start();
    keeper = setInterval(() => void (worker.isRunning || worker.start()), 50);
    await until(
      'the web serves',
      () =>
        fetch(`${url}/health/ready`).then(
          ({ ok }) => ok,
          () => false,
        ),
      90_000,
    );
    await slack.setRequestUrl(`${url}/hooks/slack`);
    await until('Slack is joined', async () => (await ask('select count(*)::int from chat_tenant')) === 1, 60_000);
    // Settle times and waits between retries, 50 times shorter.
    await ask('update chat_instance set pace = 50');
    await ask(`select pg_notify('muster', 'test chats:slack')`);
    ({
      channel,
      people: [ana = ''],
    } = await incidentInSlack(slack, ['ana'], ask));
    await until('the card', () => slack.messages(channel).some(({ metadata }) => metadata !== undefined), 60_000);
  });

  afterAll(async () => {
    clearInterval(keeper);
    await Promise.all([web?.end('SIGTERM'), worker?.end('SIGTERM')]);
    await slack?.close();
    await database?.end();
    await sql.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('reads on after three deaths of a message from a chat, in order, and says in the room that one is missing', async () => {
    await slack.as(ana).say(channel, 'before');
    await slack.as(ana).say(channel, 'this is deadly to read');
    await slack.as(ana).say(channel, 'after');
    await slack.as(ana).say(channel, 'and more');

    await until('what came after', async () => (await texts()).includes('and more'), THREE_DEATHS_MS);
    expect(await texts()).toEqual(['before', 'after', 'and more']);
    expect(deathsOf('inbox')).toBe(3);
    expect((await events()).filter(({ type }) => type === 'inbox.unreadable')).toHaveLength(1);
    expect(await aside('inbox')).toEqual([{ problem: 'The process ended while handling it.', tries: 3, state: 'aside' }]);
  });

  it('acts on what follows after three deaths of an event', async () => {
    for (const text of ['told before', 'deadly to follow', 'told after', 'told last']) await says(text);

    await until('the last is told', () => told().includes('told last'), THREE_DEATHS_MS);
    expect(told().filter((text) => text.includes('told') || text.includes('deadly'))).toEqual(['told before', 'told after', 'told last']);
    // One of them may have been in the company of other events, before it was found.
    expect([3, 4]).toContain(deathsOf('follower'));
    expect(await aside('follower')).toEqual([{ problem: 'The process ended while handling it.', tries: 3, state: 'aside' }]);
  });

  it('says the rest after three deaths of what it should say to a chat', async () => {
    for (const text of ['said before', 'deadly to say', 'said after', 'said last']) await says(text);

    await until('the last is said', () => told().includes('said last'), THREE_DEATHS_MS);
    expect(told().filter((text) => text.includes('said') || text.includes('deadly'))).toEqual(['said before', 'said after', 'said last']);
    expect(deathsOf('delivery')).toBe(3);
    expect(await aside('delivery')).toEqual([{ problem: 'The process ended while saying it.', tries: 3, state: 'aside' }]);
  });

  it('put nothing else aside', async () => {
    expect(await ask('select count(*)::int from quarantine')).toBe(3);
    expect(await ask(`select count(*)::int from event where type = 'quarantine.put-aside'`)).toBe(3);
  });

  const deathsOf = (what: string): number =>
    readFileSync(deaths, 'utf8')
      .split('\n')
      .filter((line) => line === what).length;
  const told = (): string[] => slack.messages(channel).flatMap(({ metadata, text }) => (metadata ? [text] : []));

  async function says(text: string): Promise<void> {
    const { status } = await fetch(`${url}${ROOM}/commands`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ id: uuidv7(), type: 'message', body: { text } }),
    });
    expect(status).toBe(200);
  }

  async function events(): Promise<RoomEvent[]> {
    const response = await fetch(`${url}${ROOM}/events?after=0`, { headers: { authorization: `Bearer ${TOKEN}` } });
    return ((await response.json()) as { events: RoomEvent[] }).events;
  }

  async function texts(): Promise<string[]> {
    return (await events()).flatMap((event) => (event.type === 'message.posted' && event.via.id === 'slack' ? [event.data.text] : []));
  }

  async function aside(kind: string): Promise<unknown[]> {
    return (await database.query('select problem, tries, state from quarantine where kind = $1', [kind])).rows;
  }

  async function ask(query: string): Promise<unknown> {
    const { rows } = await database.query<unknown[]>({ text: query, rowMode: 'array' });
    return rows[0]?.[0];
  }
});
