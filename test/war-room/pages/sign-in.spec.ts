import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { aGuest, aLink, anAdmin, PlainBrowser } from './browser.ts';

describe('Signing in by a link', () => {
  const app = useApp({ roles: ['web'] });
  let browser: PlainBrowser;
  beforeEach(() => {
    browser = new PlainBrowser(app);
  });
  const sessions = async (): Promise<number> =>
    Number((await app.database.query<{ n: string }>('select count(*) as n from session'))[0]?.n);

  it('uses nothing up by being opened, and lets in by its button, once', async () => {
    const path = `/sign-in/${await aLink(app, 'invitation')}`;

    const first = await browser.open(path);
    const second = await browser.open(path);
    const entered = await browser.send(path, { name: 'Bo', to: '/lite' });
    const inside = await browser.open('/lite');
    const again = await new PlainBrowser(app).send(path, { name: 'Eve' });

    expect([first.status, second.status]).toEqual([200, 200]);
    expect(first.body).toContain('What should people call you?');
    expect([entered.status, entered.to]).toEqual([303, '/lite']);
    expect(entered.headers.get('set-cookie')).toMatch(/^muster=[\w-]{43}; .*HttpOnly; SameSite=Lax/);
    expect(inside.body).toContain('You are Bo');
    expect(again.status).toBe(410);
  });

  it('names the admin on the button when there is one already', async () => {
    await anAdmin(app);
    const page = await browser.open(`/sign-in/${await aLink(app, 'admin')}`);

    expect(page.body).toMatch(/<button class="primary">Sign in as \w+<\/button>/);
    expect(page.body).not.toContain('What should people call you?');
  });

  it('asks for a name and keeps what was typed when it cannot be one', async () => {
    const path = `/sign-in/${await aLink(app, 'invitation')}`;
    const tooLong = 'x'.repeat(81);

    const empty = await browser.send(path, { name: '  ' });
    const long = await browser.send(path, { name: tooLong, to: '/i/1' });

    expect([empty.status, long.status]).toEqual([400, 400]);
    expect(empty.body).toContain('Say what people should call you');
    expect(long.body).toContain(`value="${tooLong}"`);
    expect(long.body).toContain('name="to" value="/i/1"');
    expect((await browser.send(path, { name: 'Cy' })).status).toBe(303);
  });

  it('opens one session, however many try the link at once', async () => {
    const path = `/sign-in/${await aLink(app, 'invitation')}`;
    const before = await sessions();

    const answers = await Promise.all(Array.from({ length: 20 }, () => new PlainBrowser(app).send(path, { name: 'Mia' })));

    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 410)).toHaveLength(19);
    expect(await sessions()).toBe(before + 1);
  });

  it('says of a link that has run out what to do, as a page and to programs alike', async () => {
    const token = await aLink(app, 'admin');
    await app.database.query(`update sign_in_link set expires_at = clock_timestamp() - interval '1 second' where used_at is null`);

    const page = await browser.open(`/sign-in/${token}`);
    const program = await browser.open(`/sign-in/${token}`, { accept: '*/*' });

    expect(page.status).toBe(410);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.body).toContain('This link has been used or has run out. Start Muster again in a terminal');
    expect(page.body).toContain('href="/sign-in"');
    expect(program.headers.get('content-type')).toContain('application/problem+json');
    expect(JSON.parse(program.body)).toMatchObject({ status: 410 });
  });

  it('refuses a form that another site sent, and leaves the link as it is', async () => {
    const path = `/sign-in/${await aLink(app, 'invitation')}`;

    const refused = [
      await browser.send(path, { name: 'Eve' }, { 'sec-fetch-site': 'cross-site' }),
      await browser.send(path, { name: 'Eve' }, { 'sec-fetch-site': 'same-site' }),
    ];

    expect(refused.map(({ status }) => status)).toEqual([403, 403]);
    expect(refused[0]?.body).toContain('sent from another site');
    expect((await browser.open(path)).status).toBe(200);
  });

  it('does not let a practice link open the real Muster', async () => {
    const token = await aLink(app, 'practice');

    const looked = await browser.open(`/sign-in/${token}`);
    const pressed = await browser.send(`/sign-in/${token}`, { name: 'Eve' });

    expect([looked.status, looked.to]).toEqual([303, `/practice/start/${token}`]);
    expect(pressed.status).toBe(410);
    expect(browser.cookie).toBe('');
  });

  it.each(['https://evil.test/', '//evil.test', '/\\evil.test', '/..//evil.test', 'javascript:alert(1)', '/%0d%0aSet-Cookie:x=1//'])(
    'leads nowhere else afterwards: %s',
    async (to) => {
      const opened = await browser.open(`/sign-in/${await aLink(app, 'invitation')}?to=${encodeURIComponent(to)}`);
      const kept = PlainBrowser.hidden(opened, 'Sign in')['to'] ?? '';

      expect(new URL(kept, 'http://here.test').host).toBe('here.test');
      expect(kept.startsWith('/')).toBe(true);
    },
  );

  it('sends somebody without a session to the doors, and back afterwards', async () => {
    const sent = await browser.open('/lite/i/INC-1?before=9');

    expect([sent.status, sent.to]).toEqual([303, `/sign-in?to=${encodeURIComponent('/lite/i/INC-1?before=9')}`]);
    const doors = await browser.open(sent.to ?? '');
    expect(doors.body).toContain('npm run sign-in');
    expect(doors.body).toContain('name="to" value="/lite/i/INC-1?before=9"');
  });

  it('shows the doors to somebody who only practised', async () => {
    const guest = await aGuest(app);

    expect((await guest.open('/sign-in')).body).toContain('npm run sign-in');
    const onTheWay = await guest.open('/sign-in?to=/declare');
    expect(onTheWay.body).toContain('<code>/declare</code> is for real');
    expect(onTheWay.body).toContain('<a href="/practice">Back to your practice</a>');
  });

  it('lets whoever is in already go on from a link that was used', async () => {
    const path = `/sign-in/${await aLink(app, 'invitation')}?to=/lite`;
    await browser.send(path.slice(0, path.indexOf('?')), { name: 'Bo' });

    const again = await browser.open(path);

    expect(again.status).toBe(200);
    expect(again.body).toContain('You are signed in as Bo');
    expect(again.body).toContain('<a href="/lite">go on</a>');
  });

  it('tells of a practice link that does not work where the next one is, and shows what to type as such', async () => {
    const practice = await browser.open('/practice/start/wrong');
    const signIn = await browser.open('/sign-in/wrong');

    expect([practice.status, signIn.status]).toEqual([410, 410]);
    expect(practice.body).toContain('This practice link has run out');
    expect(practice.body).not.toContain('npm run sign-in');
    expect(signIn.body).toContain('<code>npm run sign-in</code>');
  });

  it('says whom a link makes of the one who opens it', async () => {
    const body = async (purpose: 'admin' | 'invitation') => (await browser.open(`/sign-in/${await aLink(app, purpose)}`)).body;

    expect(await body('invitation')).toContain('You come in as a responder');
    await anAdmin(app);
    expect(await body('admin')).toMatch(/This link is for \w+, the admin: whatever you do is shown as theirs/);
  });
});

describe('Signing in by a code on paper', () => {
  const app = useApp({ roles: ['web'] });
  const browserOf = ({ cookie }: { cookie: string }): PlainBrowser => Object.assign(new PlainBrowser(app), { cookie });
  const printed = async (browser: PlainBrowser, fields: Record<string, string> = {}): Promise<string[]> =>
    [...(await browser.send('/sheet', fields)).body.matchAll(/<li><code>([A-Z0-9]{4}(?:-[A-Z0-9]{4}){2})<\/code>/g)].map(
      ([, code = '']) => code,
    );
  const told = async (who: string) =>
    app.database.query<{ data: { what: string; after: object } }>(
      `select data from event where type = 'person.signed-in-by-code' and actor->>'name' = $1 order by seq`,
      [who],
    );

  it('lets in whose it is, once each, says when few are left, and tells it in the log of the organisation', async () => {
    const bo = await SomePerson.of(app, 'Bo', 'member');
    const codes = await printed(browserOf(bo));
    expect(codes).toHaveLength(10);
    expect((await browserOf(bo).open('/sheet')).body).not.toContain(codes[0]);
    expect(JSON.stringify(await app.database.query('select c::text from printed_code c'))).not.toContain(
      codes[0]?.replaceAll('-', '').slice(4),
    );

    // As people write it: in small letters, with blanks.
    const outside = new PlainBrowser(app);
    const entered = await outside.send('/sign-in', { code: ` ${codes[0]?.toLowerCase().replaceAll('-', ' ')} `, to: '/lite' });
    expect([entered.status, entered.to]).toEqual([303, '/lite']);
    expect((await outside.open('/lite')).body).toContain('You are Bo');
    await app.database.query(
      `update printed_code set used_at = now() where id in (select id from printed_code where used_at is null and prefix <> $1 limit 7)`,
      [codes[9]?.slice(0, 4)],
    );
    const last = await outside.send('/sign-in', { code: codes[9] ?? '', to: '/lite' });
    const warning = await outside.open(last.to ?? '');

    expect(last.to).toBe('/sign-in?to=%2Flite');
    expect(warning.body).toMatch(/One code is left on your sheet. <a href="\/sheet">Print a new one<\/a>/);
    expect((await told('Bo')).map(({ data }) => data)).toEqual([
      { what: 'Bo', before: { codes: 10 }, after: { codes: 9, printedBy: 'Bo' } },
      { what: 'Bo', before: { codes: 2 }, after: { codes: 1, printedBy: 'Bo' } },
    ]);
  });

  it('opens one session, however many try the same code at once', async () => {
    const [code = ''] = await printed(browserOf(await SomePerson.of(app, 'Mia')));
    const sessions = async (): Promise<unknown> => app.database.query('select count(*)::int as n from session');
    const [before] = (await sessions()) as [{ n: number }];

    const answers = await Promise.all(Array.from({ length: 50 }, () => new PlainBrowser(app).send('/sign-in', { code })));

    const many = (status: number): number => answers.filter((answer) => answer.status === status).length;
    // Ten are compared at all, from wherever they come.
    expect([many(303), many(401), many(429)]).toEqual([1, 9, 40]);
    expect(await sessions()).toEqual([{ n: before.n + 1 }]);
    expect(await told('Mia')).toHaveLength(1);
  });

  it('says of a code that does not work why, and what to do next', async () => {
    const [zoe, ana] = [await SomePerson.of(app, 'Zoe'), await SomePerson.of(app, 'Ana', 'admin')];
    const tried = async (code = ''): Promise<string> => {
      const { status, body } = await new PlainBrowser(app).send('/sign-in', { code, to: '/lite' });
      return `${status} ${/role="alert" id="problem">([^<]*)/.exec(body)?.[1] ?? ''}`;
    };
    const [used, old] = await printed(browserOf(zoe));
    await new PlainBrowser(app).send('/sign-in', { code: used ?? '' });

    expect(await tried('K7QM-4F2P-9TWX')).toMatch(
      /^401 This code is not known. Compare it with the paper letter by letter.*ask somebody inside/,
    );
    expect(await tried('4711\0')).toMatch(/^401 This code is not known/);
    expect(await tried(used)).toMatch(/^401 This code was used on \d{4}.* UTC, and each works once. Cross it out and write the next one/);
    // An admin prints for somebody: what they had is good no more.
    const [handed, other] = await printed(browserOf(ana), { for: zoe.id });
    expect(await tried(old)).toMatch(/^401 This code is not known.*Where a newer sheet was printed, only its codes work/);
    await app.database.query(
      `insert into account (instance, tenant, native_user, person_id, deactivated) values ('fake', 'T1', 'U1', $1, true)`,
      [zoe.id],
    );
    expect(await tried(handed)).toMatch(/^401 This account was deactivated in the chat.*ask somebody inside for an invitation/);
    await app.database.query('update account set deactivated = false');
    await browserOf(ana).send('/sheet', { for: zoe.id, do: 'end' });
    expect(await tried(other)).toMatch(/^401 This code is not known/);
    const audit = (await browserOf(ana).open('/audit')).body;
    expect(audit).toMatch(/<b>Ana<\/b> <small>via web<\/small> person.codes-ended <b>Zoe<\/b>: codes 10 → codes 0/);
    expect(audit).toMatch(/<b>Ana<\/b> <small>via web<\/small> person.codes-printed <b>Zoe<\/b>: codes 9 → codes 10/);
  });
});

describe('Signing out', () => {
  const app = useApp({ roles: ['web'] });

  it('ends the session itself, and has the browser forget what it kept', async () => {
    const browser = await anAdmin(app);
    const stolen = new PlainBrowser(app);
    stolen.cookie = browser.cookie;

    const left = await browser.send('/sign-out');

    expect([left.status, left.to]).toEqual([303, '/sign-in']);
    expect(left.headers.get('clear-site-data')).toBe('"storage"');
    expect((await stolen.open('/lite')).status).toBe(303);
  });

  it('cannot be made to happen by another site', async () => {
    const browser = await anAdmin(app);

    const refused = await browser.send('/sign-out', {}, { 'sec-fetch-site': 'cross-site' });

    expect(refused.status).toBe(403);
    expect((await browser.open('/lite')).status).toBe(200);
  });
});
