import type { ArtifactKey } from '../artifact-store.types.ts';

const KEY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[0-9a-f]{64}$/;

export const keyOf = (id: string, sha256: string): ArtifactKey => requireKey(`${id.toLowerCase()}.${sha256}`);

export const isKey = (text: string): boolean => KEY.test(text);

/** Keys become names of files and paths of addresses: what does not look like one never gets that far. */
export function requireKey(key: string): ArtifactKey {
  if (!isKey(key)) throw new Error(`"${key.slice(0, 120)}" is no key of a file`);
  return key;
}

/** Keys begin with a time, their last two characters do not: folders fill evenly. */
export const shelfOf = (key: ArtifactKey): string => key.slice(-2);
