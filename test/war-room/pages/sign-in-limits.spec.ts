import { Sessions } from '#src/people/sessions';
import { TOKEN, useApp } from '#test/support/app';
import { aLink, PlainBrowser } from './browser.ts';

describe('Trying many links', () => {
  const app = useApp({ roles: ['web'] });

  it('is stopped after thirty in a minute, with when to try again, and uses nothing up', async () => {
    const browser = new PlainBrowser(app);
    const path = `/sign-in/${await aLink(app, 'invitation')}`;
    for (let tries = 0; tries < 30; tries++) await browser.send('/sign-in/guessed', { name: 'Eve' });

    const stopped = await browser.send(path, { name: 'Bo' });

    expect(stopped.status).toBe(429);
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(stopped.body).toMatch(/Try again in \d+ seconds, at \d\d:\d\d:\d\d UTC/);
    expect((await browser.open(path)).status).toBe(200);
  });

  it('opens one session from fifty redemptions at the same moment', async () => {
    const link = await aLink(app, 'invitation');

    const entered = await Promise.allSettled(Array.from({ length: 50 }, () => app.get(Sessions).signIn(link, 'Mia')));

    expect(entered.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('Signing in with the token of the environment', () => {
  const app = useApp({ roles: ['web'] });

  it('opens the first admin’s session on a machine without a terminal', async () => {
    const browser = new PlainBrowser(app);

    const wrong = await browser.send('/sign-in', { token: 'guessed', to: '/lite' });
    const right = await browser.send('/sign-in', { token: TOKEN, to: '/lite' });

    expect(wrong.status).toBe(401);
    expect(wrong.body).toContain('not the token that Muster was started with');
    expect([right.status, right.to]).toEqual([303, '/lite']);
    expect((await browser.open('/lite')).body).toContain('You are Admin');
  });
});
