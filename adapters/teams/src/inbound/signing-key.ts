import { type KeyObject, createPublicKey } from 'node:crypto';
import { stringOf, wireOf, wiresOf } from '#libs/wire/wire';

/** A key with which Microsoft signs, as its document tells it. */
export interface ToldKey {
  readonly kty: 'RSA';
  readonly kid: string;
  readonly n: string;
  readonly e: string;
  /** The channels that it may speak for. Keys without any speak for all. */
  readonly endorsements: readonly string[];
}

export interface SigningKey extends ToldKey {
  readonly key: KeyObject;
}

/** Those of a document that can be used: one that is no RSA key, or none at all, costs only itself. */
export function toldKeys(document: unknown): ToldKey[] {
  return wiresOf(wireOf(document).keys).flatMap(({ kid, kty, n, e, endorsements }) => {
    if (typeof kid !== 'string' || typeof n !== 'string' || typeof e !== 'string' || kty !== 'RSA') return [];
    const channels = Array.isArray(endorsements) ? endorsements.flatMap((channel) => stringOf(channel) ?? []) : [];
    return [{ kty, kid, n, e, endorsements: channels }];
  });
}

export function signingKey(told: ToldKey): SigningKey | undefined {
  const { kty, n, e } = told;
  try {
    return { ...told, key: createPublicKey({ key: { kty, n, e }, format: 'jwk' }) };
  } catch {
    return undefined;
  }
}
