import { Webhook } from 'standardwebhooks';
import { Vault } from '#src/platform/secrets/vault';
import type { WebhookMade } from '#src/webhooks/webhooks.types';
import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { until } from '#test/support/until';
import { anAdmin, type PlainBrowser } from '#test/war-room/pages/browser';
import { FAILURES, Receiver } from './receiver.ts';

const SECRET = 'the secret that this Muster seals with';
const silentBut = (lines: string[]) => {
  const keep = (facts: Record<string, unknown>, message: string): void => void lines.push(JSON.stringify([facts, message]));
  return { debug: keep, info: keep, warn: keep, error: keep };
};

/** All of it runs here by itself, as for anybody. */
describe('Looking after webhooks', () => {
  const lines: string[] = [];
  const app = useApp({
    roles: ['web', 'ingest', 'worker'],
    environment: { MUSTER_WEBHOOK_NETWORKS: 'loopback', MUSTER_SECRET: SECRET },
    log: silentBut(lines),
  });
  const receiver = new Receiver();
  let ana: SomePerson;

  beforeAll(async () => {
    await receiver.open();
    ana = await SomePerson.of(app, 'Ana', 'admin');
  });
  afterAll(() => receiver.close());
  beforeEach(() => receiver.well());
  afterEach(async () => {
    const { webhooks } = (await ana.api('GET', '/api/v1/webhooks')).body as { webhooks: { id: string }[] };
    for (const { id } of webhooks) await ana.api('DELETE', `/api/v1/webhooks/${id}`);
  });

  const make = async (facts: object = {}): Promise<WebhookMade> => {
    const { status, body } = await ana.api('POST', '/api/v1/webhooks', { name: 'Board', url: receiver.url, ...facts });
    expect(status).toBe(201);
    return body;
  };
  const detail = (answer: { status: number; body: unknown }): [number, string] => [
    answer.status,
    (answer.body as { detail: string }).detail,
  ];
  const audited = async (type: string): Promise<object[]> =>
    ((await ana.api('GET', '/api/v1/audit')).body as { changes: { type: string }[] }).changes.filter((change) => change.type === type);

  it('tells a receiver what happens, a moment later', async () => {
    await make();
    const { number } = await app.anIncident();
    await app.says(number, 'It is the pool');

    await until('it is told', () => receiver.seqs(number).length === 2);
  });

  it('shows the secret once, and keeps it so that the database alone is of no use', async () => {
    const { id, secret } = await make();
    expect(secret).toMatch(/^whsec_/);

    const [row] = await app.database.query<object>('select * from webhook where id = $1', [id]);
    const shown = [
      row,
      (await ana.api('GET', '/api/v1/webhooks')).body,
      (await ana.api('GET', `/api/v1/webhooks/${id}`)).body,
      (await ana.api('GET', '/api/v1/audit')).body,
      (await ana.api('GET', `/settings/webhooks/${id}`)).body,
      lines,
    ];
    expect(JSON.stringify(shown)).not.toContain(secret.slice('whsec_'.length));
  });

  it('leaves in the audit who made, changed, switched, rotated, replayed and removed it', async () => {
    const { id } = await make();
    const { number } = await app.anIncident();
    await ana.api('PATCH', `/api/v1/webhooks/${id}`, { name: 'The board', on: false });
    await ana.api('PATCH', `/api/v1/webhooks/${id}`, { name: 'The board' });
    await ana.api('POST', `/api/v1/webhooks/${id}/rotate`);
    await ana.api('POST', `/api/v1/webhooks/${id}/replay`, { incident: number });
    await ana.api('DELETE', `/api/v1/webhooks/${id}`);

    const by = { name: 'Ana' };
    expect((await audited('webhook.made')).at(-1)).toMatchObject({ by, what: 'Board', before: null, after: { url: receiver.url } });
    expect((await audited('webhook.changed')).at(-1)).toMatchObject({
      by,
      before: { name: 'Board', on: true },
      after: { name: 'The board', on: false },
    });
    expect(await audited('webhook.changed')).toHaveLength(1);
    for (const type of ['webhook.secret-rotated', 'webhook.replayed', 'webhook.removed'])
      expect((await audited(type)).at(-1)).toMatchObject({ by, what: 'The board' });
  });

  it.each([
    ['http://example.com/', 'It needs https'],
    ['ftp://example.com/', 'Give its whole address'],
    ['example.com', 'Give its whole address'],
    ['https://me:secret@example.com/', 'Leave the name and password out'],
    ['https://10.0.0.1/', '10.0.0.1 is not an address on the internet'],
    ['https://[::ffff:10.0.0.1]/', 'is not an address on the internet'],
    ['https://169.254.169.254/latest', '169.254.169.254 is not an address on the internet'],
  ])('refuses to send to %s, and says why', async (url, why) => {
    const [status, said] = detail(await ana.api('POST', '/api/v1/webhooks', { name: 'Board', url }));

    expect([status, said]).toEqual([400, expect.stringContaining(why)]);
  });

  it('refuses what names no event, and the twenty-first', async () => {
    expect(detail(await ana.api('POST', '/api/v1/webhooks', { name: 'Board', url: receiver.url, types: ['tea.served'] }))[0]).toBe(400);
    for (let n = 0; n < 20; n++) await make({ types: ['incident.declared'] });

    expect(detail(await ana.api('POST', '/api/v1/webhooks', { name: 'Board', url: receiver.url }))).toEqual([
      409,
      expect.stringContaining('There are 20 webhooks already') as string,
    ]);
  });

  it('sends a test, and says what became of it', async () => {
    const { id, secret } = await make();
    const { body } = await ana.api('POST', `/api/v1/webhooks/${id}/test`);
    expect(body).toMatchObject({ type: 'webhook.test', incident: null, outcome: 'received', status: 204 });
    const got = receiver.got.findLast(({ type }) => type === 'webhook.test');
    expect(new Webhook(secret).verify(got?.text ?? '', got?.headers ?? {})).toMatchObject({ type: 'webhook.test', data: { by: 'Ana' } });

    receiver.behaves = FAILURES['answers 500'] as Receiver['behaves'];
    expect((await ana.api('POST', `/api/v1/webhooks/${id}/test`)).body).toMatchObject({
      outcome: 'failed',
      status: 500,
      problem: 'It answered 500.',
    });
    expect(((await ana.api('GET', `/api/v1/webhooks/${id}/deliveries`)).body as { deliveries: unknown[] }).deliveries).toHaveLength(2);
  });

  it('signs by the new and the old secret for a day after it was rotated, then by the new one', async () => {
    const { id, secret: old } = await make();
    const { secret: fresh } = (await ana.api('POST', `/api/v1/webhooks/${id}/rotate`)).body as WebhookMade;
    const first = await app.anIncident();
    await until('it is told', () => receiver.of(first.number)[0]);
    const verifies = (number: string, secret: string): boolean => {
      const [got] = receiver.of(number);
      try {
        new Webhook(secret).verify(got?.text ?? '', got?.headers ?? {});
        return true;
      } catch {
        return false;
      }
    };
    expect([verifies(first.number, fresh), verifies(first.number, old)]).toEqual([true, true]);

    await app.database.query(`update webhook set previous_until = previous_until - interval '1 day' where id = $1`, [id]);
    const second = await app.anIncident();
    await until('it is told', () => receiver.of(second.number)[0]);
    expect([verifies(second.number, fresh), verifies(second.number, old)]).toEqual([true, false]);
  });

  it('is told again at once when its secret was made anew, because MUSTER_SECRET is another one now', async () => {
    const { id } = await make();
    const unreadable = new Vault('the secret that was lost').seal('whsec_c2VjcmV0', id);
    await app.database.query('update webhook set secret = $2 where id = $1', [id, unreadable]);
    const send = async (): Promise<unknown> => (await ana.api('POST', `/api/v1/webhooks/${id}/test`)).body;
    expect(await send()).toMatchObject({ outcome: 'failed', problem: expect.stringMatching(/make the secret anew/) as string });

    const { secret, previousSecretUntil } = (await ana.api('POST', `/api/v1/webhooks/${id}/rotate`)).body as WebhookMade;

    expect([await send(), previousSecretUntil]).toEqual([expect.objectContaining({ outcome: 'received' }), null]);
    const got = receiver.got.findLast(({ type }) => type === 'webhook.test');
    expect(() => new Webhook(secret).verify(got?.text ?? '', got?.headers ?? {})).not.toThrow();

    // Rotated while it could be read, and lost since.
    await app.database.query(
      `update webhook set previous_secret = $2, previous_until = clock_timestamp() + interval '1 day' where id = $1`,
      [id, unreadable],
    );
    expect(await send()).toMatchObject({ outcome: 'received' });
  });

  it('sends again what a receiver lost: one incident after a number, in order, under the same ids', async () => {
    const { number } = await app.anIncident();
    for (const text of ['One', 'Two', 'Three']) await app.says(number, text);
    const { id } = await make();
    await app.says(number, 'Four');
    await until('it is told', () => receiver.seqs(number).length === 1);
    const [known] = receiver.of(number);

    const { status } = await ana.api('POST', `/api/v1/webhooks/${id}/replay`, { incident: number, after: 2 });
    expect(status).toBe(202);
    await until('it is told again', () => receiver.seqs(number).length === 4);

    expect(receiver.seqs(number)).toEqual([5, 3, 4, 5]);
    expect(receiver.of(number).at(-1)?.headers['webhook-id']).toBe(known?.headers['webhook-id']);
  });

  it('sends again everything since a time, from before it was there too', async () => {
    const old = await app.anIncident();
    const [{ now }] = (await app.database.query<{ now: Date }>('select clock_timestamp() as now')) as [{ now: Date }];
    await app.says(old.number, 'Since then');
    const { number } = await app.anIncident();
    const { id } = await make();

    await ana.api('POST', `/api/v1/webhooks/${id}/replay`, { since: now.toISOString() });

    await until('it is told', () => receiver.seqs(number).length === 1 && receiver.seqs(old.number).length === 1);
    expect([receiver.seqs(old.number), receiver.seqs(number)]).toEqual([[2], [1]]);
  });

  it('says what is missing for a replay, and does not tell of an incident that one may not see', async () => {
    const { id } = await make({ private: true });
    const { number } = await app.anIncident({ private: true } as object);

    expect(detail(await ana.api('POST', `/api/v1/webhooks/${id}/replay`, {}))[1]).toMatch(/^Say either `incident`/);
    expect(detail(await ana.api('POST', `/api/v1/webhooks/${id}/replay`, { incident: number }))[0]).toBe(404);
  });

  it('comes in pages, the newest first', async () => {
    const { id } = await make();
    for (let n = 0; n < 3; n++) await ana.api('POST', `/api/v1/webhooks/${id}/test`);
    const page = async (query: string) =>
      (await ana.api('GET', `/api/v1/webhooks/${id}/deliveries${query}`)).body as {
        deliveries: { id: string }[];
        next: string;
        more: boolean;
      };
    const all = await page('');
    const first = await page('?limit=2');
    const second = await page(`?limit=2&after=${first.next}`);

    expect([...first.deliveries, ...second.deliveries]).toEqual(all.deliveries);
    expect([first.more, second.more]).toEqual([true, false]);
  });

  describe('in a browser', () => {
    let browser: PlainBrowser;
    beforeAll(async () => {
      browser = await anAdmin(app);
    });
    const idIn = (body: string): string => /\/settings\/webhooks\/([0-9a-f-]{36})/.exec(body)?.[1] ?? '';

    it('makes one, shows its secret once, and lists it', async () => {
      const made = await browser.send('/settings/webhooks', { name: 'Board', url: receiver.url, types: 'incident.declared' });
      expect(made.body).toMatch(/value="whsec_[^"]+"/);

      const list = await browser.open('/settings/webhooks');
      expect(list.body).toContain('Board');
      expect(list.body).not.toContain('whsec_');
      expect((await browser.open('/settings')).body).toContain('href="/settings/webhooks"');
    });

    it('shows the form again with why it could not be used', async () => {
      const refused = await browser.send('/settings/webhooks', { name: 'Board', url: 'https://10.0.0.1/' });

      expect(refused.status).toBe(400);
      expect(refused.body).toMatch(/role="alert"[^>]*>Nothing can be sent there\. 10\.0\.0\.1 is not/);
      expect(refused.body).toContain('value="https://10.0.0.1/"');
    });

    it('tests it, switches it off and on, sends again, rotates and removes it', async () => {
      const { number } = await app.anIncident();
      const made = await browser.send('/settings/webhooks', { name: 'Board', url: receiver.url });
      const at = `/settings/webhooks/${idIn(made.body)}`;
      expect((await browser.send(at, { do: 'test' })).body).toContain('The test was received.');
      expect((await browser.send(at, { do: 'off' })).body).toContain('somebody switched it off');
      expect((await browser.send(at, { do: 'on' })).body).toContain('On.');
      await browser.send(at, { do: 'replay', incident: number, after: '0' });
      await until('it is sent again', () => receiver.seqs(number).length === 1);
      await until('the page shows it', async () => (await browser.open(at)).body.includes(`>${number}</a>, number 1: Received.`));
      await browser.send(at, { do: 'replay-hours', hours: '1' });
      await until('and once more', () => receiver.seqs(number).length === 2);
      expect((await browser.send(at, { do: 'replay', incident: 'INC-9999', after: '0' })).status).toBe(404);
      expect((await browser.send(at, { do: 'rotate' })).body).toMatch(/value="whsec_[^"]+"/);
      expect((await browser.send(at, { do: 'change', name: 'The board', url: receiver.url })).body).toContain('<h1>The board</h1>');
      expect((await browser.send(at, { do: 'remove' })).to).toBe('/settings/webhooks');
      expect((await browser.open(at)).status).toBe(404);
    });
  });
});
