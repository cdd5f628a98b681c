import { useApp } from '#test/support/app';
import { invitationPage } from '#src/war-room/pages/doors/invitation.page';
import { aGuest, aResponder, PlainBrowser } from './browser.ts';

describe('Inviting somebody', () => {
  const app = useApp({ roles: ['web'], environment: { MUSTER_OTHER_URLS: 'http://localhost:4711' } });

  it('gives a link that lets one person in', async () => {
    const bo = await aResponder(app, 'Bo');

    const page = await bo.send('/invitations');
    const [, url = ''] = /id="link" value="([^"]+)"/.exec(page.body) ?? [];
    const path = new URL(url).pathname;
    const cy = new PlainBrowser(app);

    expect(page.status).toBe(200);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect((await cy.send(path, { name: 'Cy' })).status).toBe(303);
    expect((await cy.open('/lite')).body).toContain('You are Cy');
    expect((await new PlainBrowser(app).send(path, { name: 'Eve' })).status).toBe(410);
  });

  it('says so when a colleague elsewhere cannot open it', async () => {
    const here = await (await aResponder(app, 'Bo')).send('/invitations');
    const far = invitationPage({ url: 'https://muster.example.com/sign-in/x', expiresAt: '2026-01-02T03:04:05Z' });

    expect(here.body).toMatch(/Only this machine can open <code>http:\/\/(localhost|127\.0\.0\.1):\d+<\/code>/);
    expect(String(far.body)).not.toContain('Only this machine');
  });

  it('works over the API, and says until when the link is good', async () => {
    const { status, body } = await app.api('POST', '/api/v1/invitations');
    const { url, expiresAt } = body as { url: string; expiresAt: string };
    const token = url.split('/').at(-1) ?? '';

    const [link] = await app.database.query<{ expires_at: Date; token: string }>(
      'select expires_at from sign_in_link order by created_at desc limit 1',
    );

    expect(status).toBe(201);
    expect(url).toBe(`${app.url}/sign-in/${token}`);
    expect(Math.abs(Date.parse(expiresAt) - (link?.expires_at.getTime() ?? 0))).toBeLessThan(5_000);
  });

  it('leads to the address by which the inviter came, where that is one of ours', async () => {
    const bo = await aResponder(app, 'Bo');
    const linkBy = async (host: string): Promise<string> =>
      /id="link" value="([^"]+)\/sign-in\//.exec((await bo.send('/invitations', {}, { 'x-forwarded-host': host })).body)?.[1] ?? '';

    expect(await linkBy('LOCALHOST:4711')).toBe('http://localhost:4711');
    expect([await linkBy('evil.test'), await linkBy('localhost:4711.evil.test')]).toEqual([app.url, app.url]);
  });

  it('is for people inside, and not for other sites', async () => {
    const bo = await aResponder(app, 'Bo');
    const count = async (): Promise<unknown> => (await app.database.query('select count(*) from sign_in_link'))[0];
    const before = await count();

    const refused = [
      await new PlainBrowser(app).send('/invitations'),
      await (await aGuest(app)).send('/invitations'),
      await bo.send('/invitations', {}, { 'sec-fetch-site': 'cross-site' }),
    ];

    expect(refused.map(({ status }) => status)).toEqual([401, 403, 403]);
    expect(await count()).toEqual(before);
  });
});
