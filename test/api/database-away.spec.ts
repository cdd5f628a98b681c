import { randomUUID } from 'node:crypto';
import type { IncidentView } from '#libs/war-room-protocol/views';
import { readConfig } from '#src/platform/config/config';
import { type Running, startMuster } from '#src/muster';
import { TOKEN } from '#test/support/app';
import { freePort } from '#test/support/free-port';
import { freshDatabase } from '#test/support/database';
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
        platforms: () => Promise.resolve([]),
        want: () => undefined,
      },
      { port, host: '127.0.0.1' },
    );
  }, 60_000);
  afterEach(() => line.mend());
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
