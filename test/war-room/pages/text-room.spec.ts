import { TOKEN, useApp } from '#test/support/app';
import { aResponder } from './browser.ts';

describe('The room for curl', () => {
  const app = useApp({ roles: ['web'] });
  const curl = (path: string, init: RequestInit = {}, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(new URL(path, app.url), { ...init, headers: { accept: '*/*', authorization: `Bearer ${TOKEN}`, ...headers } });
  const post = (path: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
    curl(path, { method: 'POST', body }, { 'content-type': 'text/plain', ...headers });

  it('is read as text: the facts, then who said what', async () => {
    const { number } = await app.anIncident({ title: 'Checkout is failing', summary: 'Since 03:05' });
    await app.says(number, 'First line\nsecond line');

    const answer = await curl(`/i/${number}.txt`);
    const text = await answer.text();

    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; charset=utf-8/i);
    expect(text).toMatch(new RegExp(`^${number} Checkout is failing\nSEV3, investigating \\| lead: nobody yet \\| open 0 min\n`));
    expect(text).toMatch(/\d\d:\d\d Admin \(API\): First line\n {6}second line\n/);
    expect(text).toContain(`--data-binary "What you want to say" ${app.url}/i/${number}.txt`);
  });

  it('is the same below /lite, also by number alone', async () => {
    const { number } = await app.anIncident();

    const texts = await Promise.all(
      [`/i/${number}.txt`, `/lite/i/${number}.txt`, `/i/${number.replace('INC-', '')}.txt`].map(async (path) => (await curl(path)).text()),
    );

    expect(new Set(texts).size).toBe(1);
  });

  it('takes a message, whatever is in it, and once for a key', async () => {
    const { number } = await app.anIncident();
    const odd = '50 % & more = +1 "quoted" ⚠️';

    const first = await post(`/i/${number}.txt`, odd, { 'idempotency-key': 'one' });
    const again = await post(`/i/${number}.txt`, odd, { 'idempotency-key': 'one' });

    expect(await first.text()).toBe(`Posted in ${number} as number 2.\n`);
    expect(await again.text()).toBe(`Posted in ${number} as number 2.\n`);
    expect(await app.texts(number)).toEqual([odd]);
  });

  it('does what a line with a slash says', async () => {
    const { number } = await app.anIncident();

    expect(await (await post(`/i/${number}.txt`, '/severity sev1')).text()).toBe('The severity is SEV1.\n');
  });

  it('says what to do when a message cannot be read or there is none', async () => {
    const { number } = await app.anIncident();

    const form = await curl(`/i/${number}.txt`, { method: 'POST', body: new URLSearchParams({ text: 'x' }) });
    const empty = await post(`/i/${number}.txt`, '');
    const large = await post(`/i/${number}.txt`, 'x'.repeat(1_100_000));

    expect([form.status, empty.status, large.status]).toEqual([415, 400, 413]);
    expect(await form.text()).toContain('Content-Type: text/plain');
  });

  it('needs a token, and takes no post of a browser from another site', async () => {
    const { number } = await app.anIncident();
    const bo = await aResponder(app, 'Bo');

    const stranger = await post(`/i/${number}.txt`, 'Hi', { authorization: 'Bearer guessed' });
    const crossSite = await bo.send(`/i/${number}.txt`, {}, { 'sec-fetch-site': 'cross-site' });

    expect([stranger.status, crossSite.status]).toEqual([401, 403]);
    expect((await curl('/i/INC-999.txt')).status).toBe(404);
  });

  it('gives a terminal nothing to obey', async () => {
    const { number } = await app.anIncident({ title: 'Red \u001b[31m alert \u202e' });
    await app.says(number, 'a\u001b]0;owned\u0007b\rc\u009b2J\n00:00 Ana (web): not said by Ana');

    const text = await (await curl(`/i/${number}.txt`)).text();

    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(text).not.toMatch(/^00:00 Ana/m);
  });
});
