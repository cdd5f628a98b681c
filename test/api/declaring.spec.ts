import type { IncidentView } from '#libs/war-room-protocol/views';
import { randomUUID } from 'node:crypto';
import { useApp } from '#test/support/app';

describe('Declaring an incident over the API', () => {
  const app = useApp();

  it('answers 201 with its id, its number and the address of its room', async () => {
    const { status, body, headers } = await declare({ title: '  Checkout is failing ', summary: 'Since 03:05' });

    expect(status).toBe(201);
    expect(body).toMatchObject({
      number: 'INC-1',
      title: 'Checkout is failing',
      summary: 'Since 03:05',
      severity: 'SEV3',
      status: 'investigating',
      kind: 'standard',
      seq: 1,
    });
    expect(body.url).toBe(`${app.url}/i/INC-1`);
    expect(headers.get('location')).toBe(body.url);
    expect(await app.events('INC-1', 'incident.declared')).toMatchObject([{ seq: 1, by: { name: 'Admin' }, via: { id: 'api' } }]);
  });

  it('answers the same again for the same key, and makes nothing', async () => {
    const key = randomUUID();
    const first = await declare({ title: 'Search is slow', severity: 'SEV2' }, key);
    const again = await declare({ title: 'Search is slow', severity: 'SEV2' }, key);

    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await howMany()).toBe(2);
  });

  it('makes one incident of twenty requests with one key at the same moment', async () => {
    const key = randomUUID();
    const before = await howMany();

    const answers = await Promise.all(Array.from({ length: 20 }, () => declare({ title: 'Mail is late' }, key)));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await howMany()).toBe(before + 1);
  });

  it('numbers incidents without a gap, also when some are refused', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => declare(n % 2 === 0 ? { title: `Number ${n}` } : { title: '' })),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 201, 400, 400, 400, 400, 400]);
    const numbers = await app.database.query<{ number: number }>('select number from incident order by number');
    expect(numbers.map(({ number }) => number)).toEqual(numbers.map((_, n) => n + 1));
  });

  it.each([
    ['another title', { title: 'B' }],
    ['another severity', { title: 'A', severity: 'SEV1' }],
    ['another summary', { title: 'A', summary: 'more' }],
  ])('refuses a key that was used for %s, and says what to do', async (_, other) => {
    const key = randomUUID();
    await declare({ title: 'A' }, key);
    const before = await howMany();

    const { status, body, headers } = await declare(other, key);

    expect(status).toBe(409);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect((body as unknown as { detail: string }).detail).toContain('use a new key');
    expect(await howMany()).toBe(before);
  });

  it.each([undefined, '', ' ', 'k'.repeat(201)])('asks for a key when there is none to use (%p)', async (key) => {
    const { status, body } = await app.api(
      'POST',
      '/api/v1/incidents',
      { title: 'A' },
      key === undefined ? {} : { 'idempotency-key': key },
    );

    expect(status).toBe(400);
    expect((body as { detail: string }).detail).toContain('Idempotency-Key');
  });

  it('is found by its uuid, by 1, by INC-1 and by inc-1, and by nothing else', async () => {
    const { id } = (await app.api('GET', '/api/v1/incidents/INC-1')).body as IncidentView;

    for (const name of [id, id.toUpperCase(), '1', 'INC-1', 'inc-1'])
      expect((await app.api('GET', `/api/v1/incidents/${name}`)).body).toMatchObject({ id, number: 'INC-1' });
    for (const name of [randomUUID(), '999', 'INC-999', 'DRILL-1', 'INC--1', '1.5', 'x', '%00', "1' or 1=1"]) {
      const { status, body } = await app.api('GET', `/api/v1/incidents/${name}`);
      expect(status).toBe(404);
      expect((body as { detail: string }).detail).toContain('for example INC-247');
    }
  });

  it('makes one incident of a declare command that is sent again', async () => {
    const incident = await app.anIncident();
    const before = await howMany();
    const id = randomUUID();

    const answers = await Promise.all([1, 2, 3].map(() => app.does(incident.number, 'command', { text: '/declare The other thing' }, id)));

    expect(new Set(answers.map(({ body }) => (body as { say: string }).say)).size).toBe(1);
    expect(await howMany()).toBe(before + 1);
  });

  async function declare(body: object, key: string = randomUUID()): Promise<{ status: number; headers: Headers; body: IncidentView }> {
    return app.api('POST', '/api/v1/incidents', body, { 'idempotency-key': key });
  }

  async function howMany(): Promise<number> {
    const [row] = await app.database.query<{ n: number }>('select count(*)::int as n from incident');
    return row?.n ?? 0;
  }

  it('refuses an id that declared another incident, whatever it is called now', async () => {
    const room = await app.anIncident();
    const id = '018f4d2e-9b1c-7a3d-8e5f-0000000000aa';
    const first = await app.does(room.number, 'command', { text: '/incident new Payments are slow' }, id);
    expect(first.status).toBe(200);
    const [, number = ''] = /((?:INC)-\d+)/.exec((first.body as { say: string }).say) ?? [];
    await app.does(number, 'rename', { title: 'Payments are down' });

    expect((await app.does(room.number, 'command', { text: '/incident new Payments are slow' }, id)).body).toEqual(first.body);
    expect(await app.does(room.number, 'command', { text: '/incident new Mail is late' }, id)).toMatchObject({
      status: 409,
      body: { detail: 'This id was used for another request. Send it again with a new id.' },
    });
  });
});
