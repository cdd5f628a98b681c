import { TOKEN, useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { PlainBrowser } from '#test/war-room/pages/browser';

interface Made {
  readonly id: string;
  readonly token: string;
}

describe('Tokens of the API', () => {
  const app = useApp({ roles: ['web'] });
  let admin: SomePerson;
  let cy: SomePerson;

  beforeAll(async () => {
    admin = await SomePerson.of(app, 'Ada', 'admin');
    cy = await SomePerson.of(app, 'Cy', 'member');
  });

  const make = async (one: SomePerson, scopes: readonly string[], more: object = {}): Promise<Made> => {
    const { status, body } = await one.api('POST', '/api/v1/tokens', { name: 'Deploys', scopes, ...more });
    expect(status).toBe(201);
    return body;
  };
  const by = (token: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    app.api(method, path, body, { authorization: `Bearer ${token}`, ...headers });
  const listed = async (one: SomePerson): Promise<Record<string, unknown>[]> =>
    ((await one.api('GET', '/api/v1/tokens')).body as { tokens: Record<string, unknown>[] }).tokens;
  const detailOf = ({ body }: { readonly body: unknown }): string => (body as { detail: string }).detail;

  it('act as whoever made them, and the room says by which', async () => {
    const { token } = await make(cy, ['read', 'write']);
    const { number } = await cy.declares();

    await by(token, 'POST', `/api/v1/incidents/${number}/commands`, {
      id: '018f4d2e-9b1c-7a3d-8e5f-0123456789ab',
      type: 'message',
      body: { text: 'The deploy is out' },
    });

    expect((await app.events(number, 'message.posted')).map((event) => [event.by?.name, event.via])).toEqual([
      ['Cy', { id: 'api', name: 'API: Deploys' }],
    ]);
  });

  it('never do more than their person may, whatever happens to the person later', async () => {
    const bo = await SomePerson.of(app, 'Bo', 'admin');
    const { token } = await make(bo, ['read', 'write', 'admin']);
    expect((await by(token, 'GET', '/api/v1/people')).status).toBe(200);

    await admin.api('PATCH', `/api/v1/people/${bo.id}`, { role: 'member' });

    expect((await by(token, 'GET', '/api/v1/people')).status).toBe(403);
    expect((await by(token, 'GET', '/api/v1/me')).body).toMatchObject({ role: 'member' });
  });

  it('say which scope they lack', async () => {
    const reading = await make(admin, ['read']);
    const working = await make(admin, ['read', 'write']);

    expect(await by(reading.token, 'POST', '/api/v1/practice', {})).toMatchObject({
      status: 403,
      body: {
        title: 'Scope missing',
        detail:
          'You may not use this token for that: it needs the scope "write", and this one has "read". Send one that has it; tokens are made at /settings/tokens.',
      },
    });
    expect(detailOf(await by(working.token, 'GET', '/api/v1/audit'))).toContain(
      'it needs the scope "admin", and this one has "read" and "write"',
    );
  });

  it('open no other door: they invite nobody, make no token and become no session without the scope for it', async () => {
    const { token } = await make(admin, ['read', 'write']);
    const whole = await make(admin, ['read', 'write', 'admin']);

    expect((await by(token, 'POST', '/api/v1/invitations', {})).status).toBe(403);
    expect((await by(token, 'POST', '/api/v1/tokens', { name: 'More', scopes: ['read'] })).status).toBe(403);
    expect((await by(whole.token, 'POST', '/api/v1/tokens', { name: 'More', scopes: ['read'] })).status).toBe(201);
    expect((await new PlainBrowser(app).send('/sign-in', { token: whole.token })).status).toBe(401);
    expect((await new PlainBrowser(app).send('/sign-in', { token: TOKEN })).status).toBe(303);
  });

  it('read nothing by a command without the scope to read', async () => {
    const { number } = await cy.declares();
    const { token } = await make(cy, ['write']);

    const found = await by(token, 'POST', `/api/v1/incidents/${number}/commands`, {
      id: '018f4d2e-9b1c-7a3d-8e5f-0123456789ac',
      type: 'command',
      body: { text: '/find checkout' },
    });

    expect(found).toMatchObject({ status: 403, body: { title: 'Scope missing' } });
  });

  it('are not made for more than one may', async () => {
    const { status, body } = await cy.api('POST', '/api/v1/tokens', { name: 'Deploys', scopes: ['read', 'admin'] });

    expect([status, detailOf({ body })]).toEqual([403, 'You may not make a token for what only admins may. Ask an admin.']);
  });

  it('are shown once, and kept as a hash', async () => {
    const { token } = await make(cy, ['read']);

    expect(JSON.stringify(await listed(cy))).not.toContain(token);
    const kept = JSON.stringify(await app.database.query('select t::text from api_token t'));
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(Buffer.from(token).toString('hex'));
    expect(JSON.stringify(await app.database.query('select data from event'))).not.toContain(token);
  });

  it('end when they were made to, and are not made for an end that has passed', async () => {
    const { id, token } = await make(cy, ['read'], { expiresAt: new Date(Date.now() + 60_000).toISOString() });
    expect((await by(token, 'GET', '/api/v1/me')).status).toBe(200);
    await app.database.query('update api_token set expires_at = clock_timestamp() where id = $1', [id]);

    expect(await by(token, 'GET', '/api/v1/me')).toMatchObject({ status: 401, body: { title: 'Token unknown' } });
    expect(await cy.api('POST', '/api/v1/tokens', { name: 'Late', scopes: ['read'], expiresAt: '2020-01-01T00:00:00Z' })).toMatchObject({
      status: 400,
      body: { detail: 'The token would be over before it is made. Choose an end in the future, or none.' },
    });
  });

  it('are revoked by whose they are and by an admin, from their next request on', async () => {
    const [one, other] = [await make(cy, ['read']), await make(cy, ['read'])];
    const stranger = await SomePerson.of(app, 'Di');

    expect((await stranger.api('DELETE', `/api/v1/tokens/${one.id}`)).status).toBe(404);
    expect((await cy.api('DELETE', `/api/v1/tokens/${one.id}`)).status).toBe(204);
    expect((await admin.api('DELETE', `/api/v1/tokens/${other.id}`)).status).toBe(204);

    for (const { token } of [one, other]) expect((await by(token, 'GET', '/api/v1/me')).status).toBe(401);
    expect((await cy.api('DELETE', `/api/v1/tokens/${one.id}`)).status).toBe(404);
  });

  it('are seen by whose they are; an admin sees everybody’s', async () => {
    const { id } = await make(cy, ['read']);
    const stranger = await SomePerson.of(app, 'Ed');

    expect((await listed(stranger)).map((one) => one['id'])).not.toContain(id);
    expect((await listed(admin)).map((one) => one['id'])).toContain(id);
  });

  it('say when they were used last, and write it at most once a minute', async () => {
    const { id, token } = await make(cy, ['read']);
    const lastUsed = async (): Promise<unknown> => (await listed(cy)).find((one) => one['id'] === id)?.['lastUsedAt'];
    expect(await lastUsed()).toBeNull();

    await by(token, 'GET', '/api/v1/me');
    const first = await lastUsed();
    await by(token, 'GET', '/api/v1/me');
    expect([typeof first, await lastUsed()]).toEqual(['string', first]);
    await app.database.query(`update api_token set last_used_at = last_used_at - interval '61 seconds' where id = $1`, [id]);
    await by(token, 'GET', '/api/v1/me');

    expect(String(await lastUsed()) > String(first)).toBe(true);
  });

  it('leave a trace when they are made and when they are revoked', async () => {
    const { id } = await make(cy, ['read']);
    await admin.api('DELETE', `/api/v1/tokens/${id}`);

    const { changes } = (await admin.api('GET', '/api/v1/audit')).body as { changes: object[] };
    expect(changes.slice(-2)).toEqual([
      expect.objectContaining({
        type: 'token.made',
        what: 'Deploys, of Cy',
        before: null,
        after: { id, scopes: ['read'], expiresAt: null },
      }),
      expect.objectContaining({
        type: 'token.revoked',
        what: 'Deploys, of Cy',
        before: { id, scopes: ['read'], expiresAt: null },
        after: null,
      }),
    ]);
    expect(changes.slice(-2)).toMatchObject([{ by: { name: 'Cy' } }, { by: { name: 'Ada' } }]);
  });

  describe('on a page without a script', () => {
    const browserOf = ({ cookie }: SomePerson): PlainBrowser => Object.assign(new PlainBrowser(app), { cookie });

    it('are made, shown once, listed and revoked', async () => {
      const fay = await SomePerson.of(app, 'Fay', 'member');
      const browser = browserOf(fay);

      const made = await browser.send('/settings/tokens', { name: 'Status page', scopes: 'read', days: '30' });
      const [, token = ''] = /id="token" value="([^"]+)"/.exec(made.body) ?? [];
      expect((await by(token, 'GET', '/api/v1/me')).body).toMatchObject({ person: { name: 'Fay' } });

      const list = await browser.open('/settings/tokens');
      expect(list.body).toContain('<b>Status page</b>');
      expect(list.body).not.toContain(token);
      expect(list.body).not.toContain('value="admin"');
      const [, revoke = ''] = /action="(\/settings\/tokens\/[^"]+\/revoke)"/.exec(list.body) ?? [];
      expect((await browser.send(revoke)).status).toBe(303);
      expect((await by(token, 'GET', '/api/v1/me')).status).toBe(401);
    });

    it('are refused without a scope, and what was typed comes back', async () => {
      const refused = await browserOf(cy).send('/settings/tokens', { name: 'Status page', days: '365' });

      expect(refused.status).toBe(400);
      expect(refused.body).toContain('value="Status page"');
      expect(refused.body).toContain('<option value="365" selected>');
      expect(refused.body).toMatch(/role="alert" id="problem">[^<]*scopes/);
    });
  });
});
