import { once } from 'node:events';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { FakePlatform, fakePlugin } from '@musterhq/adapter-testkit';
import type { AdapterPlugin, HttpIn } from '@musterhq/chat-port';
import { Metrics } from '#src/platform/metrics/metrics';
import { useApp } from '#test/support/app';
import { until } from '#test/support/until';

describe('Handing a chat’s request to its adapter', () => {
  const seen: HttpIn[] = [];
  const plugin: AdapterPlugin = {
    ...fakePlugin(new FakePlatform()),
    id: 'listening',
    create: async (context) => ({
      ...(await fakePlugin(new FakePlatform()).create(context)),
      webhooks: {
        receive: (request) => {
          seen.push(request);
          return Promise.resolve({ envelopes: [], out: { status: 202, headers: { 'x-said': 'yes' }, body: 'thank you' } });
        },
      },
    }),
  };
  const app = useApp({ roles: ['web', 'ingest'], platforms: [{ plugin, fromEnvironment: () => ({ problems: [] }) }] });

  beforeAll(async () => {
    await app.database.query(`insert into chat_instance (id, plugin, name, config) values ('listening', 'listening', 'Listening', '{}')`);
    app.doorbell.ring({ topic: 'chats', id: 'listening' });
    await until('it listens', async () => (await fetch(new URL('/hooks/listening', app.url), { method: 'POST' })).status !== 404);
  });
  beforeEach(() => seen.splice(0));

  it('keeps its bytes, its headers and what follows the mount point, and answers what the adapter says', async () => {
    const body = Buffer.from([0x7b, 0x20, 0x00, 0xff, 0x0d, 0x0a, 0x7d]);

    const response = await fetch(new URL('/hooks/listening/events?a=1&b=%20', app.url), {
      method: 'POST',
      headers: { 'X-Signature': 'v0=1', 'content-type': 'application/x-www-form-urlencoded' },
      body,
    });

    expect([response.status, response.headers.get('x-said'), await response.text()]).toEqual([202, 'yes', 'thank you']);
    expect(seen).toMatchObject([{ method: 'POST', path: '/events?a=1&b=%20', headers: { 'x-signature': 'v0=1' } }]);
    expect(Buffer.from(seen[0]?.body ?? []).equals(body)).toBe(true);
    expect(Math.abs((seen[0]?.now ?? 0) - Date.now())).toBeLessThan(5_000);
  });

  it('says "/" when nothing follows', async () => {
    await fetch(new URL('/hooks/listening', app.url), { method: 'POST' });
    expect(seen).toMatchObject([{ path: '/' }]);
  });

  it.each([
    ['says how long it is', Buffer.alloc(1_048_577, 0x20)],
    ['does not', Readable.from(Array.from({ length: 17 }, () => Buffer.alloc(65_536, 0x20)))],
  ])('refuses more than 1 MiB from a caller who %s, and goes on', async (_, body) => {
    const response = await post(body);

    expect([response.status, await detail(response)]).toEqual([413, 'The body is larger than 1 MiB. Send less.']);
    expect((await post(Buffer.alloc(1_048_576, 0x20))).status).toBe(202);
    expect(seen).toHaveLength(1);
  });

  it('refuses what is compressed: a signature is over the bytes as they came', async () => {
    const response = await post(Buffer.from('{}'), { 'content-encoding': 'gzip' });

    expect([response.status, await detail(response)]).toEqual([415, 'The body is compressed. Send it as it is.']);
    expect(seen).toEqual([]);
  });

  it('hands nothing over of a caller who goes away in the middle, and goes on', async () => {
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
    socket.write('POST /hooks/listening HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"half":');
    await once(socket, 'connect');
    socket.destroy();
    await once(socket, 'close');

    expect((await post(Buffer.from('{}'))).status).toBe(202);
    expect(seen).toMatchObject([{ body: Buffer.from('{}') }]);
    const counted = (): Promise<string> => app.get(Metrics).registry.getSingleMetricAsString('muster_http_request_seconds');
    await until('it is counted as gone away', async () => (await counted()).includes('status="499"'));
  });

  it('says that no chat listens at an address where none does', async () => {
    const response = await fetch(new URL('/hooks/nobody', app.url), { method: 'POST', body: '{}' });

    expect([response.status, await detail(response)]).toEqual([404, expect.stringContaining('No chat listens at this address.')]);
  });

  it('lets no words of an adapter run as a page of ours', async () => {
    const { headers } = await post(Buffer.from('{}'));

    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  const post = (body: Buffer | Readable, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(new URL('/hooks/listening', app.url), { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
  const detail = async (response: Response): Promise<string> => ((await response.json()) as { detail: string }).detail;
});
