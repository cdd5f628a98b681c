import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export const OWN_SECRET = 'secret';

/**
 * The secret of a Muster that was given none: made once, and kept in its data folder. For one that has its database there as
 * well, and so is the only one to read what it sealed. It is in no backup.
 */
export function ownSecret(dataDir: string): string {
  const path = join(dataDir, OWN_SECRET);
  return secretIn(path) ?? made(path);
}

function secretIn(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim() || null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** On the disk before anything is sealed with it. */
function made(path: string): string {
  const secret = randomBytes(32).toString('base64url');
  const file = openSync(`${path}.new`, 'w', 0o600);
  writeSync(file, `${secret}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.new`, path);
  return secret;
}
