import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { PlainBrowser, type Seen } from '#test/war-room/pages/browser';

describe('Showing once more who one is', () => {
  const app = useApp({ roles: ['web'] });
  const browserOf = ({ cookie }: SomePerson): PlainBrowser => Object.assign(new PlainBrowser(app), { cookie });
  /** As if they had signed in so long ago, and somebody else might sit there by now. */
  const minutesLater = (somebody: SomePerson, minutes: number): Promise<unknown> =>
    app.database.query(`update session set confirmed_at = clock_timestamp() - make_interval(mins => $2) where person_id = $1`, [
      somebody.id,
      minutes,
    ]);
  const anAdmin = async (name: string, minutes: number): Promise<SomePerson> => {
    const admin = await SomePerson.of(app, name, 'admin');
    await minutesLater(admin, minutes);
    return admin;
  };
  const why = ({ body }: { body: unknown }): string => (body as { detail: string }).detail;

  it.each([
    ['who may what', 'PATCH', '/api/v1/people/00000000-0000-4000-8000-000000000000', { role: 'member' }],
    ['codes on paper', 'POST', '/api/v1/me/codes', undefined],
    ['tokens', 'POST', '/api/v1/tokens', { name: 'Deploys', scopes: ['read'] }],
    ['settings', 'PUT', '/api/v1/archiving', { days: 14 }],
    ['roles', 'POST', '/api/v1/roles', { key: 'legal', name: 'Legal' }],
    ['webhooks', 'POST', '/api/v1/webhooks', { name: 'Board', url: 'https://example.com/' }],
    ['how people are told', 'POST', '/api/v1/notices/ways', { kind: 'webhook', name: 'Board', settings: { url: 'https://example.com/' } }],
    ['the audit to take along', 'GET', '/api/v1/audit.csv', undefined],
  ] as const)('is asked after ten minutes, and not before, for %s', async (_what, method, path, body) => {
    const [late, early] = [await anAdmin('Late', 11), await anAdmin('Early', 9)];

    const refused = await late.api(method, path, body);
    const done = await early.api(method, path, body);

    expect(refused.status).toBe(403);
    expect(why(refused)).toMatch(/show once more that it is you: nothing was done. Sign in again at `\/confirm`/);
    expect(done.status).not.toBe(403);
  });

  it('is asked before an incident is taken along, and not to read it or to work in it', async () => {
    const mia = await SomePerson.of(app, 'Mia');
    const { id } = await mia.declares();
    await minutesLater(mia, 600);

    const statuses = [
      await mia.api('GET', `/api/v1/incidents/${id}/export`),
      await mia.api('GET', `/api/v1/incidents/${id}/snapshot`),
      await mia.does(id, 'message', { text: 'We look into it' }),
      await mia.does(id, 'severity', { to: 'SEV1' }),
      await mia.api('POST', '/api/v1/invitations'),
    ].map(({ status }) => status);

    expect(statuses).toEqual([403, 200, 200, 200, 201]);
  });

  it('is not asked to look at the settings, and tells whoever changes them where to go', async () => {
    const admin = await anAdmin('Ada', 11);
    const browser = browserOf(admin);

    const looked = await browser.open('/settings/archiving');
    const refused: Seen = await browser.send('/settings/archiving', { days: '14' });

    expect([looked.status, refused.status]).toEqual([200, 403]);
    expect(refused.body).toContain('<a href="/confirm?to=/settings">Show that it is you</a>');
    expect((await browser.open('/confirm?to=/settings')).body).toContain('Is it still you, Ada?');
  });

  it('is done by signing in again, which is good for the next ten minutes', async () => {
    const admin = await SomePerson.of(app, 'Cy', 'admin');
    const browser = browserOf(admin);
    const [, code = ''] = /<li><code>([A-Z0-9-]{14})<\/code>/.exec((await browser.send('/sheet')).body) ?? [];
    await minutesLater(admin, 11);
    expect((await browser.send('/settings/archiving', { days: '14' })).status).toBe(403);

    const again = await browser.send('/sign-in', { code, to: '/settings' });

    expect(again.status).toBe(303);
    expect((await browser.send('/settings/archiving', { days: '14' })).status).toBe(303);
  });

  it('is not asked of a token, which was made for what it may', async () => {
    expect((await app.api('PUT', '/api/v1/archiving', { days: 14 })).status).toBe(200);
  });
});
