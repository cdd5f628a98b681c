import { FakePlatform, fakePlugin } from '@musterhq/adapter-testkit';
import type { AdapterPlugin, HttpIn } from '@musterhq/chat-port';
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
});
