import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits: nobody guesses one, so a fast hash is enough to keep it. */
export const newToken = (): string => randomBytes(32).toString('base64url');

export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
