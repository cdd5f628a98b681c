import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { aGuest, PlainBrowser } from './browser.ts';

describe('Finding the settings', () => {
  const app = useApp({ roles: ['web'], environment: { MUSTER_OTHER_URLS: 'http://localhost:4711/' } });
  const browserOf = ({ cookie }: { cookie: string }): PlainBrowser => Object.assign(new PlainBrowser(app), { cookie });
  const linksOf = ({ body }: { body: string }): string[] => [...body.matchAll(/<a href="([^"]+)"/g)].map(([, href = '']) => href);

  it('shows each what they can set, in words, and each of it opens', async () => {
    const shown = await Promise.all(
      (['member', 'admin'] as const).map(async (role) => {
        const browser = browserOf(await SomePerson.of(app, `A ${role}`, role));
        const links = linksOf(await browser.open('/settings')).filter((href) => href !== '/');
        const opened = await Promise.all(links.map((href) => browser.open(href)));
        expect(opened.map(({ status }) => status)).toEqual(links.map(() => 200));
        return links;
      }),
    );

    expect(shown[0]).toEqual([
      '/settings/teams',
      '/settings/passkeys',
      '/settings/tokens',
      '/settings/mail',
      '/sheet',
      '/adapters',
      '/drill',
    ]);
    expect(shown[1]).toEqual([
      ...(shown[0] ?? []),
      ...[
        '/settings/people',
        '/settings/roles',
        '/settings/statuses',
        '/settings/announcements',
        '/settings/archiving',
        '/settings/notices',
        '/settings/sheet',
        '/settings/webhooks',
        '/audit',
        '/operations',
      ],
    ]);
  });

  it('leads there from what is set, and from there home: to the page, or to the plain one for whoever came from it', async () => {
    const browser = browserOf(await SomePerson.of(app, 'Ada', 'admin'));

    for (const path of ['/settings/teams', '/settings/statuses', '/settings/roles', '/settings/people', '/settings/tokens', '/audit'])
      expect(linksOf(await browser.open(path))).toContain('/settings');
    expect(linksOf(await browser.open('/settings'))).toEqual(expect.not.arrayContaining(['/lite']));
    const [plain = ''] = linksOf(await browser.open('/lite')).filter((href) => href.startsWith('/settings'));
    expect(linksOf(await browser.open(plain))).toEqual(expect.arrayContaining(['/lite']));
  });

  it('archives channels after as many days as an admin says, and none while that is empty', async () => {
    const browser = browserOf(await SomePerson.of(app, 'Alma', 'admin'));
    const save = async (days: string) => browser.send('/settings/archiving', { days });
    const rule = async () => (await app.api('GET', '/api/v1/archiving')).body;

    expect((await browser.open('/settings/archiving')).body).toContain('No channel is archived now.');
    expect(await save('14')).toMatchObject({ status: 303, to: '/settings/archiving' });
    expect((await browser.open('/settings/archiving')).body).toContain('Channels are archived after 14 days now.');
    expect(await rule()).toEqual({ days: 14 });
    expect(await save('0')).toMatchObject({ status: 400, body: expect.stringContaining('value="0"') as string });
    expect(await rule()).toEqual({ days: 14 });
    await save('');
    expect(await rule()).toEqual({ days: null });
    expect((await browser.open('/audit')).body).toMatch(/Alma[\s\S]*archivedAfterDays/);
  });

  it('prints a sheet with the addresses, and whom to call as an admin wrote it down', async () => {
    const [admin, bo] = [browserOf(await SomePerson.of(app, 'Alma', 'admin')), browserOf(await SomePerson.of(app, 'Bo', 'member'))];

    expect((await bo.open('/sheet')).body).toContain('No number was given yet. Ask an admin');
    expect(await admin.send('/settings/sheet', { numbers: 'Bridge: +49 30 1234567, PIN 4711\r\n\r\n Duty: <Ada> ' })).toMatchObject({
      status: 303,
    });
    expect(await admin.send('/settings/sheet', { numbers: 'x'.repeat(121) })).toMatchObject({ status: 400 });
    expect((await bo.send('/settings/sheet', { numbers: '' })).status).toBe(403);

    const { body, headers } = await bo.send('/sheet');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toContain('<li>Bridge: +49 30 1234567, PIN 4711</li><li>Duty: &lt;Ada&gt;</li>');
    expect(body).toContain(`<li><code>${app.url}</code></li><li><code>http://localhost:4711</code></li>`);
    expect(body).toMatch(/For <b>Bo<\/b>, made on \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
    expect((await bo.open('/sheet')).body).toMatch(/You have 10 codes left, printed on .* by Bo. New ones end the old./);
  });

  it('has nothing for whoever only practises, and the doors for whoever is not signed in', async () => {
    expect((await (await aGuest(app)).open('/settings')).body).toContain('there is nothing to set');
    expect((await new PlainBrowser(app).open('/settings')).to).toBe('/sign-in?to=%2Fsettings');
  });
});
