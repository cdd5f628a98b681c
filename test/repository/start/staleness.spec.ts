import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fingerprint } from '../../../scripts/prepare/fingerprint.mjs';

describe('Telling whether a build is stale', () => {
  let root: string;
  const now = (): string => fingerprint(['src', 'tsconfig.json'], { root, skip: (path: string) => path.endsWith('.spec.ts') });

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'muster-stale-'));
    mkdirSync(join(root, 'src', 'rooms'), { recursive: true });
    writeFileSync(join(root, 'src', 'rooms', 'room.ts'), 'export const a = 1;');
    writeFileSync(join(root, 'src', 'main.ts'), '');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it.each<[string, () => void]>([
    ['edited', () => writeFileSync(join(root, 'src', 'rooms', 'room.ts'), 'export const a = 2;')],
    ['added', () => writeFileSync(join(root, 'src', 'new.ts'), '')],
    ['removed', () => rmSync(join(root, 'src', 'main.ts'))],
    ['moved', () => renameSync(join(root, 'src', 'main.ts'), join(root, 'src', 'rooms', 'main.ts'))],
    ['no longer absent', () => writeFileSync(join(root, 'tsconfig.json'), '')],
  ])('it is when a source was %s', (_what, change) => {
    const built = now();

    change();

    expect(now()).not.toBe(built);
  });

  it('it is not when git has merely written a file again', () => {
    const built = now();

    utimesSync(join(root, 'src', 'main.ts'), new Date(0), new Date(0));

    expect(now()).toBe(built);
  });

  it('it is not when only a test was edited', () => {
    const built = now();

    writeFileSync(join(root, 'src', 'main.spec.ts'), 'it');

    expect(now()).toBe(built);
  });
});
