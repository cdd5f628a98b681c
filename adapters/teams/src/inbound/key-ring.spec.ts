import { generateKeyPairSync } from 'node:crypto';
import { KEPT_MS, KeyRing, NO_KEYS } from './key-ring.ts';

const METADATA = 'https://login.example.test/openid';
const HOUR_MS = 3_600_000;
const { n, e } = generateKeyPairSync('rsa', { modulusLength: 2_048 }).publicKey.export({ format: 'jwk' });
const key = (kid: string): object => ({ kty: 'RSA', kid, n, e, endorsements: ['msteams'] });

/** Microsoft's document, and what is kept over a restart. */
class Microsoft {
  kids = ['a'];
  isThere = true;
  isSilent = false;
  asked = 0;
  time = 0;
  private readonly kept = new Map<string, string>();

  ring(): KeyRing {
    return new KeyRing(METADATA, {
      fetch: (url, init) => (this.isSilent ? this.silence(init?.signal ?? undefined) : Promise.resolve(this.answer(url as string))),
      kv: {
        get: (k) => Promise.resolve(this.kept.get(k) ?? null),
        set: (k, v) => Promise.resolve(void this.kept.set(k, v)),
      },
      log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
      now: () => this.time,
    });
  }

  private silence(signal: AbortSignal | undefined): Promise<Response> {
    this.asked += 1;
    return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('given up')), { once: true }));
  }

  private answer(url: string): Response {
    if (url !== METADATA) return Response.json({ keys: [{ kty: 'EC', kid: 'no-rsa' }, null, ...this.kids.map(key)] });
    this.asked += 1;
    return this.isThere ? Response.json({ jwks_uri: 'https://login.example.test/keys' }) : new Response(null, { status: 503 });
  }
}

const kidOf = async (found: ReturnType<KeyRing['find']>): Promise<string | undefined> => {
  const key = await found;
  return typeof key === 'object' ? key.kid : key;
};

describe('The keys with which Microsoft signs', () => {
  it('are read once, also for many who ask at the same time', async () => {
    const microsoft = new Microsoft();
    const ring = microsoft.ring();

    expect(await Promise.all(['a', 'a', 'b'].map((kid) => kidOf(ring.find(kid))))).toEqual(['a', 'a', undefined]);
    expect(await kidOf(ring.find('a'))).toBe('a');
    expect(microsoft.asked).toBe(1);
  });

  it('are the ones it had for seven days while Microsoft’s document cannot be had, and none after that', async () => {
    const microsoft = new Microsoft();
    const ring = microsoft.ring();
    await ring.find('a');
    microsoft.isThere = false;

    for (let day = 1; day < 7; day += 1) {
      microsoft.time = day * 24 * HOUR_MS;
      expect(await kidOf(ring.find('a'))).toBe('a');
    }
    microsoft.time = KEPT_MS;
    expect(await ring.find('a')).toBe(NO_KEYS);

    microsoft.isThere = true;
    microsoft.time += 5_000;
    expect(await kidOf(ring.find('a'))).toBe('a');
  });

  it('are there after a restart, for as long as they would have been without one', async () => {
    const microsoft = new Microsoft();
    await microsoft.ring().find('a');
    microsoft.isThere = false;

    microsoft.time = KEPT_MS - 1;
    expect(await kidOf(microsoft.ring().find('a'))).toBe('a');
    microsoft.time = KEPT_MS;
    expect(await microsoft.ring().find('a')).toBe(NO_KEYS);
  });

  it('are asked for once a minute, however many tokens name one that nobody knows', async () => {
    const microsoft = new Microsoft();
    const ring = microsoft.ring();
    await ring.find('a');

    for (let second = 0; second < 600; second += 1) {
      microsoft.time = second * 1_000;
      await Promise.all([1, 2, 3].map((one) => ring.find(`forged-${second}-${one}`)));
    }

    expect(microsoft.asked).toBe(10);
  });

  it('are asked for every five seconds at most while they cannot be had, and nobody is called a forger meanwhile', async () => {
    const microsoft = new Microsoft();
    const ring = microsoft.ring();
    await ring.find('a');
    microsoft.isThere = false;

    for (let second = 60; second < 120; second += 1) {
      microsoft.time = second * 1_000;
      expect(await ring.find('new')).toBe(NO_KEYS);
      expect(await kidOf(ring.find('a'))).toBe('a');
    }

    expect(microsoft.asked).toBe(1 + 12);
  });

  it('are found when Microsoft has a new one, and lost when it takes one away', async () => {
    const microsoft = new Microsoft();
    const ring = microsoft.ring();
    await ring.find('a');
    microsoft.kids = ['b'];
    microsoft.time = 60_000;

    expect(await kidOf(ring.find('b'))).toBe('b');
    expect(await ring.find('a')).toBeUndefined();
  });

  it('are used while they are asked for anew, so that nobody waits for it', async () => {
    const microsoft = new Microsoft();
    const ring = microsoft.ring();
    await ring.find('a');
    microsoft.time = 6 * HOUR_MS;
    microsoft.isSilent = true;

    expect(await kidOf(ring.find('a'))).toBe('a');
    expect(microsoft.asked).toBe(2);
    ring.close();
  });
});
