import { TOKEN, useApp } from '#test/support/app';
import { aResponder, PlainBrowser } from './browser.ts';

describe('Meeting an error', () => {
  const app = useApp({ roles: ['web'] });

  it('reads as a page with the same sentence and a way on', async () => {
    const bo = await aResponder(app, 'Bo');

    const page = await bo.open('/lite/i/INC-4711');
    const problem = await app.api('GET', '/api/v1/incidents/INC-4711');

    expect(page.status).toBe(404);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.body).toContain((problem.body as { detail: string }).detail.replaceAll('"', '&quot;'));
    expect(page.body).toContain('href="/"');
  });

  it('says of an address that nothing is there', async () => {
    const page = await new PlainBrowser(app).open('/nothing/here?x=<b>');

    expect(page.status).toBe(404);
    expect(page.body).toContain('Nothing is at this address');
    expect(page.body).not.toContain('Cannot GET');
  });

  it.each(['/api/v1/incidents/INC-4711', '/hooks/none'])('stays a problem for programs, whatever they say they take: %s', async (path) => {
    const answer = await fetch(new URL(path, app.url), {
      headers: { accept: 'text/html', authorization: `Bearer ${TOKEN}` },
      method: path.startsWith('/hooks') ? 'POST' : 'GET',
    });

    expect(answer.status).toBe(404);
    if (path.startsWith('/api')) expect(answer.headers.get('content-type')).toContain('application/problem+json');
    else expect(answer.headers.get('content-type') ?? '').not.toContain('text/html');
  });

  it('stays a problem for curl', async () => {
    const answer = await fetch(new URL('/i/1.txt', app.url), { headers: { accept: '*/*' } });

    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('is a page too when a form is too large to be read', async () => {
    const bo = await aResponder(app, 'Bo');

    const page = await bo.send('/declare', { title: 'x'.repeat(1_100_000) });

    expect(page.status).toBe(413);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.body).toContain('larger than 1 MiB');
  });
});
