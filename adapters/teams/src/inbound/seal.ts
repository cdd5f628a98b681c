import { verify } from 'node:crypto';
import { type Wire, numberOf, stringOf, wireOf } from '#libs/wire/wire';
import type { SigningKey } from './signing-key.ts';

/** Clocks differ. Microsoft's own checks forgive as much. */
const SKEW_S = 300;
const MAX_CHARS = 16_384;

/** A token as it came: nothing of it is believed yet but that it has the form of one. */
export interface SealedToken {
  readonly kid: string;
  readonly claims: Wire;
  /** What is signed, and with what. */
  readonly said: string;
  readonly signature: Buffer;
}

/** `undefined` for everything that is no token signed with RS256: another algorithm, or none, is never looked at further. */
export function sealedToken(authorization: string): SealedToken | undefined {
  const [, header, claims, signature] = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(authorization.slice(0, MAX_CHARS)) ?? [];
  if (header === undefined || claims === undefined || signature === undefined) return undefined;
  const { alg, kid } = partOf(header);
  if (alg !== 'RS256' || typeof kid !== 'string') return undefined;
  return { kid, claims: partOf(claims), said: `${header}.${claims}`, signature: Buffer.from(signature, 'base64url') };
}

/** Whether this key made it for this channel, for now. */
export function isSealed(
  { claims, said, signature }: SealedToken,
  { key, endorsements }: SigningKey,
  channel: string,
  now: number,
): boolean {
  const [seconds, from, until] = [now / 1_000, numberOf(claims.nbf), numberOf(claims.exp)];
  if (until === undefined || until + SKEW_S <= seconds) return false;
  if (claims.nbf !== undefined && (from === undefined || from - SKEW_S > seconds)) return false;
  if (endorsements.length > 0 && !endorsements.includes(channel)) return false;
  return verify('RSA-SHA256', Buffer.from(said), key, signature);
}

function partOf(part: string): Wire {
  try {
    return wireOf(JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
  } catch {
    return {};
  }
}

/** Whom it is for and from whom, as it says itself. */
export const claimed = (token: SealedToken, name: 'iss' | 'aud' | 'serviceurl'): string | undefined => stringOf(token.claims[name]);
