import { Sessions } from '#src/people/sessions';
import { createLink } from '#src/people/sign-in-links';
import { useApp } from '#test/support/app';
import { PlainBrowser } from '#test/war-room/pages/browser';
import { SoftAuthenticator } from './soft-authenticator.ts';

const HERE = 'https://muster.example.com';

interface Answer {
  readonly status: number;
  readonly body: { detail?: string; to?: string; challenge: string };
  readonly cookie: string | undefined;
}

describe('Passkeys', () => {
  const app = useApp({
    roles: ['web'],
    environment: { PUBLIC_URL: HERE, MUSTER_OTHER_URLS: 'https://muster.example.net,https://10.0.0.7' },
  });

  let machines = 0;
  /** What the script of a page sends, each from a machine of its own. */
  async function post(
    path: string,
    fields: { [name: string]: unknown } = {},
    cookie = '',
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    machines++;
    const answer = await fetch(new URL(path, app.url), {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'sec-fetch-site': 'same-origin',
        'x-forwarded-for': `198.51.${machines >> 8}.${machines & 255}`,
        ...(cookie ? { cookie } : {}),
        ...headers,
      },
      body: new URLSearchParams(
        Object.entries(fields).map(([name, value]): [string, string] => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
      ),
    });
    const [set] = answer.headers.getSetCookie();
    return { status: answer.status, body: (await answer.json()) as Answer['body'], cookie: set?.split(';')[0] };
  }

  async function somebody(name: string): Promise<{ cookie: string; browser: PlainBrowser }> {
    const cookie = `__Host-muster=${await app.get(Sessions).signIn(await createLink(app.database, 'invitation'), name)}`;
    return { cookie, browser: Object.assign(new PlainBrowser(app), { cookie }) };
  }

  async function makes(cookie: string, device = new SoftAuthenticator(HERE), name = 'Work laptop'): Promise<SoftAuthenticator> {
    const { body: asked } = await post('/settings/passkeys/challenge', {}, cookie);
    expect(await post('/settings/passkeys', { name, answer: device.make(asked) }, cookie)).toMatchObject({
      status: 201,
      body: { to: '/settings/passkeys' },
    });
    return device;
  }
  const asked = async (): Promise<Answer['body']> => (await post('/passkeys/sign-in/challenge')).body;
  const touches = async (device: SoftAuthenticator, lie = {}): Promise<Answer> =>
    post('/passkeys/sign-in', { to: '/lite', answer: device.touch(await asked(), lie) });
  const told = (type: string, whose: string): Promise<{ data: { before: unknown; after: unknown } }[]> =>
    app.database.query(`select data from event where type = $1 and data->>'what' = $2`, [type, whose]);

  it('let in whoever made them, by a touch, to where they wanted to go', async () => {
    const bo = await somebody('Bo');
    const device = await makes(bo.cookie);

    const entered = await touches(device);

    expect(entered).toMatchObject({ status: 200, body: { to: '/lite' } });
    const browser = Object.assign(new PlainBrowser(app), { cookie: entered.cookie });
    expect((await browser.open('/lite')).body).toContain('You are Bo');
    expect(await told('person.passkey-made', 'Bo')).toEqual([{ data: { what: 'Bo', before: null, after: 'Work laptop' } }]);
  });

  it('let in once for each thing that was asked, however many answer it at the same moment', async () => {
    const { cookie } = await somebody('Mia');
    const device = await makes(cookie);
    const answer = device.touch(await asked());
    const sessions = async (): Promise<number> =>
      (await app.database.query<{ n: number }>('select count(*)::int as n from session'))[0]?.n ?? 0;
    const before = await sessions();

    const answers = await Promise.all(Array.from({ length: 50 }, () => post('/passkeys/sign-in', { answer })));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 49 }, () => 410)]);
    expect(await sessions()).toBe(before + 1);
  });

  it('let nobody in by what was answered before, too late, or to another question', async () => {
    const { cookie } = await somebody('Zoe');
    const device = await makes(cookie);
    const used = device.touch(await asked());
    await post('/passkeys/sign-in', { answer: used });
    const late = device.touch(await asked());
    await app.database.query(`update passkey_challenge set expires_at = clock_timestamp() - interval '1 second'`);
    const toMake = device.touch((await post('/settings/passkeys/challenge', {}, cookie)).body);
    const invented = device.touch({ challenge: 'A'.repeat(43) });

    const answers = [];
    for (const answer of [used, late, toMake, invented]) answers.push(await post('/passkeys/sign-in', { answer }));

    expect(answers.map(({ status }) => status)).toEqual([410, 410, 410, 410]);
    expect(answers[0]?.body.detail).toMatch(/^This try is over: each is good for five minutes, once.*Press the button again/);
  });

  it('let nobody in who answers for another place, without having shown who they are, or with another key', async () => {
    const { cookie } = await somebody('Ivo');
    const device = await makes(cookie);
    const impostor = Object.assign(new SoftAuthenticator(HERE), { id: device.id });

    const answers = [
      await touches(device, { origin: 'https://muster.example.org' }),
      await touches(device, { relyingParty: 'example.org' }),
      await touches(device, { verified: false }),
      await touches(device, { type: 'webauthn.create' }),
      await touches(impostor),
    ];

    expect(answers.map(({ status, cookie: session }) => [status, session])).toEqual(answers.map(() => [400, undefined]));
    expect(answers[0]?.body.detail).toMatch(/does not fit what it was asked for, so nothing was done/);
    expect((await touches(device)).status).toBe(200);
  });

  it('let nobody in whose count goes back, as that of a copy does, and tell it in the audit', async () => {
    const { cookie } = await somebody('Kim');
    const device = await makes(cookie);
    device.counter = 7;
    await touches(device);

    const same = await touches(device);
    device.counter = 6;
    const less = await touches(device);
    device.counter = 8;
    const more = await touches(device);

    expect([same.status, less.status, more.status]).toEqual([401, 401, 200]);
    expect(less.body.detail).toMatch(/^The passkey "Work laptop" counts less often than it was used here.*remove it.*tell an admin/);
    // Once in a minute: whoever goes on trying does not fill the audit.
    expect(await told('person.passkey-refused', 'Kim')).toHaveLength(1);
  });

  it('with a count let in once, however many answers with the same count come at the same moment', async () => {
    const { cookie } = await somebody('Lou');
    const device = await makes(cookie);
    device.counter = 3;
    const tries = await Promise.all(Array.from({ length: 50 }, asked));

    const answers = await Promise.all(tries.map((one) => post('/passkeys/sign-in', { answer: device.touch(one) })));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 49 }, () => 401)]);
  });

  it('are made only by whoever asked, from our own page, and once', async () => {
    const [bea, eve] = [await somebody('Bea'), await somebody('Eve')];
    const { body: question } = await post('/settings/passkeys/challenge', {}, bea.cookie);
    const answer = new SoftAuthenticator(HERE).make(question);

    const byAnother = await post('/settings/passkeys', { name: 'Mine', answer }, eve.cookie);
    const { body: next } = await post('/settings/passkeys/challenge', {}, bea.cookie);
    const device = new SoftAuthenticator(HERE);
    const fromElsewhere = await post('/settings/passkeys', { name: 'Mine', answer: device.make(next) }, bea.cookie, {
      'sec-fetch-site': 'cross-site',
    });
    const made = await post('/settings/passkeys', { name: 'Mine', answer: device.make(next) }, bea.cookie);
    const again = await post('/settings/passkeys', { name: 'Mine', answer: device.make(next) }, bea.cookie);
    const theSame = await post(
      '/settings/passkeys',
      { name: 'Theirs', answer: device.make((await post('/settings/passkeys/challenge', {}, eve.cookie)).body) },
      eve.cookie,
    );
    const byNobody = await post('/settings/passkeys/challenge');

    expect([byAnother, fromElsewhere, made, again, theSame, byNobody].map(({ status }) => status)).toEqual([410, 403, 201, 410, 400, 401]);
  });

  it('are listed with their names and when they were last used, named anew, and removed: then they let nobody in', async () => {
    const [ole, eve] = [await somebody('Ole'), await somebody('Eva')];
    const [used, unused] = [await makes(ole.cookie), new SoftAuthenticator(HERE)];
    await makes(ole.cookie, unused, 'Phone');
    await touches(used);
    const before = (await ole.browser.open('/settings/passkeys')).body;
    const paths = [...before.matchAll(/action="(\/settings\/passkeys\/[^"]+)"/g)]
      .map(([, path = '']) => path)
      .filter((path) => !path.endsWith('challenge'));

    expect(before).toMatch(/<b>Work laptop<\/b> <small>made \d{4}-\d\d-\d\d \d\d:\d\d UTC, last used \d{4}/);
    expect(before).toMatch(/<b>Phone<\/b> <small>made .* UTC, not used yet/);
    expect((await eve.browser.send(paths[0] ?? '', { do: 'remove' })).status).toBe(404);
    expect(await ole.browser.send(paths[0] ?? '', { do: 'rename', name: ' Old laptop ' })).toMatchObject({
      status: 303,
      to: '/settings/passkeys',
    });
    const nameless = await ole.browser.send(paths[0] ?? '', { do: 'rename', name: ' ' });
    expect([nameless.status, nameless.body]).toEqual([400, expect.stringContaining('Say what to call this passkey')]);
    expect((await ole.browser.send(paths[0] ?? '', { do: 'remove', name: '' })).status).toBe(303);
    const after = (await ole.browser.open('/settings/passkeys')).body;

    expect([after.includes('Phone'), after.includes('Old laptop')]).toEqual([true, false]);
    const refused = await touches(used);
    expect(refused.status).toBe(401);
    expect(refused.body.detail).toMatch(/^This passkey is not known here: it was removed.*Sign in another way/);
    expect((await touches(unused)).status).toBe(200);
    expect(await told('person.passkey-removed', 'Ole')).toEqual([{ data: { what: 'Ole', before: 'Old laptop', after: null } }]);
  });

  it('are made and removed by whoever has shown who they are; the first by whoever had but an invitation, and that shows it', async () => {
    const { cookie } = await somebody('New');
    const late = (): Promise<unknown> =>
      app.database.query(
        `update session set confirmed_at = clock_timestamp() - interval '11 minutes' where person_id in (select id from person where name = 'New')`,
      );
    await late();

    await makes(cookie);
    const second = await post('/settings/passkeys/challenge', {}, cookie);
    await late();
    const third = await post('/settings/passkeys/challenge', {}, cookie);

    expect([second.status, third.status]).toEqual([200, 403]);
    expect(third.body.detail).toMatch(/show once more that it is you/);
  });

  it('are the first door that is offered', async () => {
    const doors = (await new PlainBrowser(app).open('/sign-in?to=/i/INC-1')).body;

    expect(doors.indexOf('Sign in with a passkey')).toBeGreaterThan(0);
    expect(doors.indexOf('Sign in with a passkey')).toBeLessThan(doors.indexOf('With a code from your sheet'));
    expect(PlainBrowser.hidden({ body: doors } as never, 'Sign in with a passkey')).toEqual({ to: '/i/INC-1' });
  });

  it('work at every address of the war room that has a name, which browsers may ask for', async () => {
    const { cookie } = await somebody('Una');
    const device = await makes(cookie);

    expect(JSON.parse((await new PlainBrowser(app).open('/.well-known/webauthn')).body)).toEqual({
      origins: [HERE, 'https://muster.example.net'],
    });
    expect((await touches(device, { origin: 'https://muster.example.net' })).status).toBe(200);
    expect((await touches(device, { origin: 'https://10.0.0.7' })).status).toBe(400);
  });

  it('let nobody in whom every chat calls deactivated', async () => {
    const { cookie } = await somebody('Gone');
    const device = await makes(cookie);
    await app.database.query(
      `insert into account (instance, tenant, native_user, person_id, deactivated) select 'fake', 'T1', 'U1', id, true from person where name = 'Gone'`,
    );

    expect((await touches(device)).status).toBe(409);
  });

  it('are tried thirty times a minute from one address, and no more', async () => {
    const from = { 'x-forwarded-for': '203.0.113.9' };
    const answer = new SoftAuthenticator(HERE).touch({ challenge: 'guessed' });
    for (let tries = 0; tries < 30; tries++) await post('/passkeys/sign-in', { answer }, '', from);

    const stopped = await post('/passkeys/sign-in', { answer }, '', from);

    expect(stopped.status).toBe(429);
    expect(stopped.body.detail).toMatch(/Try again in \d+ seconds/);
  });

  it('are not sent by another site', async () => {
    const answer = await post('/passkeys/sign-in/challenge', {}, '', { 'sec-fetch-site': 'cross-site' });

    expect(answer.status).toBe(403);
  });
});

describe('Where browsers have no passkeys', () => {
  const app = useApp({ roles: ['web'] });

  it('offers none, and says what is missing', async () => {
    const browser = new PlainBrowser(app);
    browser.cookie = `muster=${await app.get(Sessions).signIn(await createLink(app.database, 'invitation'), 'Bo')}`;

    expect((await new PlainBrowser(app).open('/sign-in')).body).not.toContain('passkey"');
    expect((await browser.open('/settings/passkeys')).body).toMatch(/they need https and a name.*<code>PUBLIC_URL<\/code>/);
    const refused = await browser.send('/settings/passkeys/challenge', {}, { accept: 'application/json' });
    expect([refused.status, refused.body]).toEqual([409, expect.stringContaining('they need https and a name')]);
  });
});
