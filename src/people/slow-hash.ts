import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** 16 MiB and about 40 ms on one core: whoever has the table needs centuries of cores for one code of eight letters. */
const COST = { N: 2 ** 14, r: 8, p: 1 };
const HASH_BYTES = 32;
const SALT_BYTES = 16;

const derive = (secret: string, salt: Buffer, cost: typeof COST): Promise<Buffer> =>
  new Promise((resolve, reject) => scrypt(secret, salt, HASH_BYTES, cost, (error, hash) => (error ? reject(error) : resolve(hash))));

/** What is kept of a secret that is too short for a fast hash. Its cost stands in it, so that older ones stay good when that is raised. */
export async function slowHashOf(secret: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(secret, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join(':');
}

/** Whether that was kept of this secret. It takes as long as making it did: count how often somebody asks before. */
export async function isKeptAs(kept: string, secret: string): Promise<boolean> {
  const [, N, r, p, salt = '', hash = ''] = kept.split(':');
  const derived = await derive(secret, Buffer.from(salt, 'base64url'), { N: Number(N), r: Number(r), p: Number(p) });
  return timingSafeEqual(derived, Buffer.from(hash, 'base64url'));
}
