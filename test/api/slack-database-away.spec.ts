import { randomUUID } from 'node:crypto';
import { type AddressInfo, createServer } from 'node:net';
import { DataSource } from 'typeorm';
import type { IncidentView } from '#libs/war-room-protocol/views';
import { asRead } from '#adapters/slack/test/as-read';
import type { SlackSimulator } from '#adapters/slack/simulator/types';
import { Database } from '#src/platform/database/database';
import { Doorbell } from '#src/platform/doorbell/doorbell';
import { readConfig } from '#src/platform/config/config';
import { type Running, startMuster } from '#src/muster';
import { dataSourceOptions } from '#src/platform/database/data-source';
import { TOKEN } from '#test/support/app';
import { freePort } from '#test/support/free-port';
import { freshDatabase } from '#test/support/database';
import { joinSlack, slackPlatform } from '#test/support/slack';
import { until } from '#test/support/until';
import { relayTo } from './relay.ts';

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

describe('Going on when the database is away', () => {
  let running: Running;
  let line: Awaited<ReturnType<typeof relayTo>>;
  let drop: () => Promise<void>;
  let url: string;

  beforeAll(async () => {
    const fresh = await freshDatabase();
    drop = fresh.drop;
    line = await relayTo(fresh.url);
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const config = readConfig({
      PORT: String(port),
      DATABASE_URL: line.url,
      PUBLIC_URL: url,
      MUSTER_BOOTSTRAP_TOKEN: TOKEN,
      MUSTER_METRICS_TOKEN: TOKEN,
    });
    running = await startMuster(
      {
        config,
        databaseUrl: line.url,
        roles: ['web', 'ingest', 'worker', 'clock'],
        log: quiet,
        platforms: () => Promise.resolve([slackPlatform]),
        want: () => undefined,
      },
      { port, host: '127.0.0.1' },
    );
  }, 60_000);
  afterEach(() => line.mend());

  it('outlives a connection that is lost in the moment in which it is made', async () => {
    // As PostgreSQL says it when its postmaster is killed: welcome, and farewell, in one breath.
    const said = (type: string, body: string): Buffer => Buffer.concat([Buffer.from(type), lengthOf(body), Buffer.from(body)]);
    const lengthOf = (body: string): Buffer => Buffer.from([0, 0, 0, body.length + 4]);
    const farewell = 'SFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0';
    const dying = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(Buffer.concat([said('R', '\0\0\0\0'), said('Z', 'I'), said('E', farewell)])));
    });
    await new Promise<void>((resolve) => dying.listen(0, '127.0.0.1', resolve));
    const { port } = dying.address() as AddressInfo;

    await expect(new DataSource(dataSourceOptions(`postgres://muster@127.0.0.1:${port}/muster`)).initialize()).rejects.toThrow();

    await new Promise((resolve) => dying.close(resolve));
  });
  afterAll(async () => {
    await running.stop();
    await line.close();
    await drop();
  });

  it('is live, says that it is not ready, and is ready again when the database is back', async () => {
    expect((await ask('GET', '/health/ready')).status).toBe(200);
    line.cut();

    const ready = await ask('GET', '/health/ready');
    expect(ready.status).toBe(503);
    expect(ready.retryAfter).toBe('1');
    expect(ready.body['detail']).toContain('nothing that was acknowledged is lost');
    expect((await ask('GET', '/health/live')).body).toEqual({ live: true });

    line.mend();
    await until('ready again', async () => (await ask('GET', '/health/ready')).status === 200);
  });

  it('still tells Prometheus what it counts itself, and that the rest is missing', async () => {
    const scrape = async (): Promise<string> => (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })).text();
    expect(await scrape()).toMatch(/^muster_follower_behind/m);
    line.cut();

    const began = Date.now();
    const text = await scrape();

    expect(Date.now() - began).toBeLessThan(10_000);
    expect(text).toMatch(/^muster_http_request_seconds_count/m);
    expect(text).toMatch(/^muster_metrics_failed_total 1$/m);
    expect(text).not.toMatch(/^muster_follower_behind/m);
  });

  it('refuses what it cannot keep and asks for it again, and the same request is then done once', async () => {
    const incident = (await ask('POST', '/api/v1/incidents', { title: 'A' })).body as unknown as IncidentView;
    const message = { id: randomUUID(), type: 'message', body: { text: 'said while it was away' } };
    line.cut();

    const refused = await ask('POST', `/api/v1/incidents/${incident.id}/commands`, message);
    expect(refused.status).toBe(503);
    expect(refused.retryAfter).toBe('1');
    expect(refused.body['detail']).toContain('Send the same request again in a moment');

    line.mend();
    await until('it is taken', async () => (await ask('POST', `/api/v1/incidents/${incident.id}/commands`, message)).status === 200);
    await ask('POST', `/api/v1/incidents/${incident.id}/commands`, message);
    const { events } = (await ask('GET', `/api/v1/incidents/${incident.id}/events`)).body as unknown as { events: { id: string }[] };
    expect(events.filter(({ id }) => id === message.id)).toHaveLength(1);
  });

  it('keeps an open stream, which goes on where it was', async () => {
    const incident = (await ask('POST', '/api/v1/incidents', { title: 'A' })).body as unknown as IncidentView;
    const response = await fetch(`${url}/api/v1/incidents/${incident.id}/stream`, { headers: { authorization: `Bearer ${TOKEN}` } });
    let text = '';
    void (async () => {
      for await (const bytes of response.body ?? []) text += Buffer.from(bytes as Uint8Array).toString();
    })().catch(() => undefined);
    await until('the first', () => text.includes('id: 1\n'));

    line.cut();
    await ask('GET', '/health/ready');
    line.mend();
    await until(
      'it is taken',
      async () =>
        (await ask('POST', `/api/v1/incidents/${incident.id}/commands`, { id: randomUUID(), type: 'message', body: { text: 'after' } }))
          .status === 200,
    );

    await until('the second', () => text.includes('id: 2\n'));
    expect(text.match(/^id: .*$/gm)).toEqual(['id: 1', 'id: 2']);
    await response.body?.cancel().catch(() => undefined);
  });

  describe('and a chat is connected', () => {
    let slack: SlackSimulator;
    let ana: string;
    let channel: string;

    beforeAll(async () => {
      const app = { database: running.app.get(Database), doorbell: running.app.get(Doorbell), url };
      slack = await joinSlack(app, 'http', 50, { timing: { retryDelaysMs: [200, 1_000, 3_000] } });
      ana = slack.addUser({ name: 'ana', realName: 'Ana Ruiz' }).id;
      channel = slack.addChannel({ name: 'payments', members: [ana, slack.app.botUserId] }).id;
    });
    afterAll(() => slack.close());

    it('takes no event that it cannot keep, so that the chat sends it again', async () => {
      line.cut();
      await slack.as(ana).say(channel, 'Are cards refused?');
      const told = (): (number | undefined)[] => slack.deliveries().flatMap(({ what, status }) => (what === 'message' ? [status] : []));
      await until('the chat has tried', () => told().length > 0);
      line.mend();

      await slack.idle();
      expect(told()[0]).toBe(503);
      expect(told().at(-1)).toBe(200);
    });

    it('says to whoever asks for something there that nothing was done, and where the war room is', async () => {
      await slack.as(ana).command('/incident', '', channel);
      const form = await until('the form', () => slack.as(ana).views().at(-1));
      line.cut();

      const command = await slack.as(ana).command('/incident', 'Checkout is failing', channel);
      const submitted = await slack.as(ana).submit(form.id, { title: 'Search is slow' });
      line.mend();

      const words = `Muster cannot reach its database: nothing was done, and this was not kept. Do it again in a moment, or use the war room: ${url}`;
      expect(command).toMatchObject({ acknowledged: true, status: 200 });
      expect(command.ephemerals.map((message) => asRead(message).text).join()).toContain(words);
      expect(Object.values(submitted.errors ?? {}).join()).toContain(words);
      expect(slack.as(ana).views().at(-1)?.id).toBe(form.id);
      await until('it is ready again', async () => (await ask('GET', '/health/ready')).status === 200);
      const { incidents } = (await ask('GET', '/api/v1/incidents')).body as unknown as { incidents: IncidentView[] };
      expect(incidents.map(({ title }) => title)).not.toContain('Search is slow');
    });
  });

  async function ask(
    method: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; retryAfter: string | null; body: Record<string, unknown> }> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return {
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      body: (await response.json()) as Record<string, unknown>,
    };
  }
});
