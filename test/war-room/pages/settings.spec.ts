import { useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';
import { aGuest, PlainBrowser } from './browser.ts';

describe('Finding the settings', () => {
  const app = useApp({ roles: ['web'] });
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

    expect(shown[0]).toEqual(['/settings/teams', '/settings/tokens', '/adapters']);
    expect(shown[1]).toEqual([
      ...(shown[0] ?? []),
      ...['/settings/people', '/settings/roles', '/settings/statuses', '/settings/webhooks', '/audit', '/operations'],
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

  it('has nothing for whoever only practises, and the doors for whoever is not signed in', async () => {
    expect((await (await aGuest(app)).open('/settings')).body).toContain('there is nothing to set');
    expect((await new PlainBrowser(app).open('/settings')).to).toBe('/sign-in?to=%2Fsettings');
  });
});
