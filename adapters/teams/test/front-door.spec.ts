import type { HttpOut } from '@musterhq/chat-port';
import type { Flaw } from '../simulator/signing.ts';
import type { Told } from '../simulator/teams-simulator.ts';
import { type Stage, stage } from './stage.ts';

const DAY_MS = 86_400_000;

/** Something said in a channel, as Teams tells it. */
async function toldIn({ harness }: Stage, flaw?: Flaw | 'none at all'): Promise<Told> {
  return harness.teams.told(harness.teams.say('mia', (await harness.room()).room, 'let me in').told, flaw);
}

const post = ({ harness }: Stage, body: string, headers: Record<string, string> = {}): Promise<HttpOut> =>
  harness.adapter.webhooks!.receive({ method: 'POST', path: '/', headers, body: Buffer.from(body), now: 0 }).then(({ out }) => out);

/** What was written to the console, by whomever, and never read by anybody. */
function consoleNoise(): { readonly lines: unknown[][]; stop(): void } {
  const lines: unknown[][] = [];
  const [{ error }, { warn }] = [console, console];
  console.error = (...line: unknown[]) => void lines.push(line);
  console.warn = (...line: unknown[]) => void lines.push(line);
  return { lines, stop: () => void Object.assign(console, { error, warn }) };
}

describe('Asking the Teams adapter to let something in', () => {
  it.each<[string, Flaw | 'none at all']>([
    ['no token at all', 'none at all'],
    ['something that is no token', 'garbage'],
    ['a token from another issuer', 'issuer'],
    ['a token for another app', 'audience'],
    ['a token for another service address', 'service'],
    ['a token that ended ten minutes ago', 'stale'],
    ['a token that begins in ten minutes', 'future'],
    ['a token whose key nobody knows', 'unknown-key'],
    ['a token that names no key', 'no-key-named'],
    ['a token signed with a key for another channel', 'endorsement'],
    ['a token with a bad signature', 'signature'],
    ['a token that says that it is not signed (alg: none)', 'no-algorithm'],
    ['a token signed with our public key as if it were a secret (HS256)', 'public-key-as-secret'],
  ])('is refused with %s, before anything is admitted, and without a word on the console', async (_what, flaw) => {
    await using s = await stage();
    const noise = consoleNoise();

    const { status, body } = await s.harness.receive(await toldIn(s, flaw));
    noise.stop();

    expect(status).toBe(401);
    expect(body).toBeUndefined();
    expect(s.inlet.offered).toEqual([]);
    expect(noise.lines).toEqual([]);
    expect((await s.harness.receive(await toldIn(s))).status).toBe(200);
  });

  it('takes the key that the token names, and not another one of the document', async () => {
    await using s = await stage();
    const { activity, authorization = '' } = await toldIn(s);
    const [, claims, seal] = authorization.split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'RS256', kid: ['not', 'text'] })).toString('base64url');

    expect((await s.harness.receive({ activity, authorization: `Bearer ${header}.${claims}.${seal}` })).status).toBe(401);
    expect((await s.harness.receive({ activity, authorization: authorization.replace('Bearer', 'Basic') })).status).toBe(401);
    expect((await s.harness.receive({ activity, authorization: `${authorization} ${authorization}` })).status).toBe(401);
    expect(s.inlet.offered).toEqual([]);
  });

  it('is not brought down by a thousand bodies that say nothing, and hears Teams after them', async () => {
    await using s = await stage();
    const noise = consoleNoise();

    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, n) => post(s, '{}', n % 2 ? { authorization: 'Bearer x.y.z' } : {})),
    );
    noise.stop();

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400]));
    expect(noise.lines).toEqual([]);
    expect((await s.harness.receive(await toldIn(s))).status).toBe(200);
  });

  it('asks Microsoft for its keys once, whatever keys a thousand forged tokens name', async () => {
    await using s = await stage();
    const { activity } = await toldIn(s);
    const statuses = new Set<number>();

    for (let round = 0; round < 10; round += 1) {
      const forged = Array.from({ length: 100 }, () => s.harness.receive(s.harness.teams.told(activity, 'unknown-key')));
      for (const { status } of await Promise.all(forged)) statuses.add(status);
    }

    expect(statuses).toEqual(new Set([401]));
    expect(s.harness.teams.keysAsked).toBe(1);
  });

  it('lets Teams in for days with the keys it had, and not for ever', async () => {
    await using s = await stage();
    expect((await s.harness.receive(await toldIn(s))).status).toBe(200);
    s.harness.teams.showsKeys = false;

    for (let day = 1; day < 7; day += 1) {
      s.harness.advance(DAY_MS);
      expect((await s.harness.receive(await toldIn(s))).status).toBe(200);
    }
    s.harness.advance(DAY_MS);
    expect((await s.harness.receive(await toldIn(s))).status).toBe(503);

    s.harness.teams.showsKeys = true;
    s.harness.advance(5_000);
    expect((await s.harness.receive(await toldIn(s))).status).toBe(200);
  });

  it.each([
    ['another channel of the bot', { channelId: 'webchat' }],
    ['a service that is not Teams', { serviceUrl: 'https://directline.botframework.com/' }],
    ['nowhere', { serviceUrl: undefined }],
    ['a host that only begins like that of Teams', { serviceUrl: 'https://smba.trafficmanager.net.evil.example.test/teams/' }],
    ['a host behind the name of Teams', { serviceUrl: 'https://smba.trafficmanager.net@evil.example.test/teams/' }],
    ['Teams, without encryption', { serviceUrl: 'http://smba.trafficmanager.net/teams/' }],
  ])('is refused when it is from %s, whatever its token', async (_what, claims) => {
    await using s = await stage();
    const { teams } = s.harness;
    const { told } = teams.say('mia', (await s.harness.room()).room, 'let me in');

    expect((await s.harness.receive(teams.told({ ...told, ...claims }))).status).toBe(401);
    expect(s.inlet.offered).toEqual([]);
  });

  it.each([
    ['no JSON', 'POST', '<html>', 400],
    ['nothing that Teams tells', 'POST', '{}', 400],
    ['no request of Teams', 'GET', '', 405],
  ])('is refused when it is %s', async (_what, method, body, status) => {
    await using s = await stage();

    const received = await s.harness.adapter.webhooks!.receive({ method, path: '/', headers: {}, body: Buffer.from(body), now: 0 });

    expect(received).toEqual({ envelopes: [], out: { status } });
  });

  it('is asked to come again while the keys of Teams cannot be had, and is let in then', async () => {
    await using s = await stage();
    const { teams } = s.harness;
    const { told } = teams.say('mia', (await s.harness.room()).room, 'anybody there?');
    const request = teams.told(told);

    await teams.close();
    expect(await s.harness.receive(request)).toMatchObject({ status: 503 });
    await teams.open();
    s.harness.advance(5_000);

    expect(await s.harness.receive(request)).toMatchObject({ status: 200 });
    expect(s.inlet.ofType('message.created')).toHaveLength(1);
  });
});
