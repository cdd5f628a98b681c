import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OWN_SECRET, ownSecret } from './own-secret.ts';

describe('The secret of a Muster that was given none', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'muster-secret-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is made once, and is the same at every start', () => {
    const secret = ownSecret(folder);

    expect(secret.length).toBeGreaterThanOrEqual(32);
    expect(ownSecret(folder)).toBe(secret);
  });

  it('is another one for every Muster, and only its own user may read it', () => {
    const other = mkdtempSync(join(tmpdir(), 'muster-secret-'));

    expect(ownSecret(folder)).not.toBe(ownSecret(other));
    expect(statSync(join(folder, OWN_SECRET)).mode & 0o777).toBe(0o600);
    rmSync(other, { recursive: true });
  });

  it('is made where the machine went down while it was being written', () => {
    writeFileSync(join(folder, OWN_SECRET), '');

    expect(readFileSync(join(folder, OWN_SECRET), 'utf8')).toBe('');
    expect(ownSecret(folder).length).toBeGreaterThanOrEqual(32);
  });
});
