import { uuidv7 } from 'uuidv7';
import { DoorLimits } from '#src/people/door-limits';
import { Sessions } from '#src/people/sessions';
import type { RateLimit } from '#src/platform/http/rate-limit';
import { TOKEN, useApp } from '#test/support/app';
import { SomePerson } from '#test/support/person';

const COME_BACK = /Nothing was done or used up\. Try again in \d+ seconds, at \d\d:\d\d:\d\d UTC\.$/;

describe('How often one may ask', () => {
  const app = useApp({ roles: ['web'] });

  /** As if somebody had asked so often already, a moment ago. */
  const asked = (limit: RateLimit, badge: string, times: number): void => {
    for (let n = 0; n < times; n++) limit.take(badge, Date.now());
  };
  const badgeOf = async ({ cookie }: SomePerson): Promise<string> =>
    (await app.get(Sessions).ofCookie(cookie.replace('muster=', '')))?.badge ?? '';

  it('is 600 times a minute for a session, and is answered with when to come back', async () => {
    const ana = await SomePerson.of(app, 'Ana');
    asked(app.get(DoorLimits).others, await badgeOf(ana), 599);

    expect((await ana.api('GET', '/api/v1/me')).status).toBe(200);
    const stopped = await app.api('GET', '/api/v1/me', undefined, { authorization: '', cookie: ana.cookie });

    expect(stopped).toMatchObject({ status: 429, body: { title: 'Too often', detail: expect.stringMatching(COME_BACK) as string } });
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('stops nobody else', async () => {
    const [ana, ben] = [await SomePerson.of(app, 'Ana'), await SomePerson.of(app, 'Ben')];
    asked(app.get(DoorLimits).others, await badgeOf(ana), 600);

    expect((await ana.api('GET', '/api/v1/me')).status).toBe(429);
    expect((await ben.api('GET', '/api/v1/me')).status).toBe(200);
  });

  it('leaves the room alone: whoever was stopped elsewhere still reads, writes and watches there', async () => {
    const ana = await SomePerson.of(app, 'Ana');
    const { number } = await ana.declares();
    asked(app.get(DoorLimits).others, await badgeOf(ana), 600);

    expect((await ana.api('GET', '/api/v1/incidents')).status).toBe(429);
    expect((await ana.does(number, 'message', { text: 'We look into it' })).status).toBe(200);
    expect((await ana.api('GET', `/api/v1/incidents/${number}/snapshot`)).status).toBe(200);
    expect((await ana.api('GET', `/lite/i/${number}`)).status).toBe(200);
  });

  it('is 3,000 times a minute in rooms, and the same message may be sent again afterwards', async () => {
    const ana = await SomePerson.of(app, 'Ana');
    const { number } = await ana.declares();
    const limit = app.get(DoorLimits).rooms;
    asked(limit, await badgeOf(ana), 2_999);
    const id = uuidv7();

    expect((await ana.does(number, 'message', { text: 'The last one' })).status).toBe(200);
    expect((await ana.does(number, 'message', { text: 'One too many' }, id)).status).toBe(429);
    limit.take(await badgeOf(ana), Date.now() + 60_000);

    expect((await ana.does(number, 'message', { text: 'One too many' }, id)).status).toBe(200);
    expect(await app.texts(number)).toEqual(['The last one', 'One too many']);
  });

  it('is counted for each token, and not for the one that Muster was started with', async () => {
    const ana = await SomePerson.of(app, 'Ana');
    const { id, token } = (await ana.api('POST', '/api/v1/tokens', { name: 'Deploys', scopes: ['read'] })).body as {
      id: string;
      token: string;
    };
    asked(app.get(DoorLimits).others, `token-${id}`, 600);

    expect((await app.api('GET', '/api/v1/me', undefined, { authorization: `Bearer ${token}` })).status).toBe(429);
    expect((await ana.api('GET', '/api/v1/me')).status).toBe(200);
    const many = await Promise.all(
      Array.from({ length: 20 }, () => app.api('GET', '/api/v1/me', undefined, { authorization: `Bearer ${TOKEN}` })),
    );
    expect(new Set(many.map(({ status }) => status))).toEqual(new Set([200]));
  });

  it('is thirty tries a minute for tokens that are nobody’s, from one address; a right one is let in all the same', async () => {
    const from = { 'x-forwarded-for': '192.0.2.7' };
    const guess = () => app.api('GET', '/api/v1/me', undefined, { authorization: 'Bearer guessed', ...from });
    for (let tries = 0; tries < 30; tries++) expect((await guess()).status).toBe(401);

    expect((await guess()).status).toBe(429);
    expect((await app.api('GET', '/api/v1/me', undefined, from)).status).toBe(200);
    const elsewhere = await app.api('GET', '/api/v1/me', undefined, { authorization: 'Bearer guessed', 'x-forwarded-for': '192.0.2.8' });
    expect(elsewhere.status).toBe(401);
  });

  it('is thirty tries a minute for links that are none, by looking at them too', async () => {
    const from = { 'x-forwarded-for': '192.0.2.9', authorization: '', accept: 'text/html' };
    const paths = ['/sign-in/guessed', '/practice/start/guessed'];
    for (let tries = 0; tries < 30; tries++) expect((await app.api('GET', paths[tries % 2] ?? '', undefined, from)).status).toBe(410);

    const stopped = await app.api('GET', '/sign-in/guessed', undefined, from);

    expect(stopped.status).toBe(429);
    expect(stopped.body).toMatch(/Try again in \d+ seconds/);
    expect((await app.api('GET', '/practice/start/guessed', undefined, from)).status).toBe(429);
  });

  it('is counted for tokens apart from links and forms: a program with an old one shuts nobody out of the same office', async () => {
    const from = { 'x-forwarded-for': '192.0.2.10' };
    const old = () => app.api('GET', '/api/v1/me', undefined, { authorization: 'Bearer expired', ...from });
    for (let tries = 0; tries < 30; tries++) await old();
    expect((await old()).status).toBe(429);
    const form = { ...from, authorization: '', 'sec-fetch-site': 'same-origin' };

    expect((await app.api('POST', '/sign-in', { token: 'mistyped' }, form)).status).toBe(401);
    expect((await app.api('GET', '/sign-in/guessed', undefined, { ...from, authorization: '', accept: 'text/html' })).status).toBe(410);
  });

  it('is not counted for chats: their calls come from a few addresses, signed, and are kept or put off by class', async () => {
    const many = await Promise.all(Array.from({ length: 100 }, () => app.api('POST', '/hooks/nobody', {}, { authorization: '' })));

    expect(new Set(many.map(({ status }) => status))).toEqual(new Set([404]));
  });
});
