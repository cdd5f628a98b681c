import { execFile } from 'node:child_process';
import { ROOT } from '../rules/planted.ts';

/** Ctrl-C while the first file of the sources is read, in the middle of looking which parts are stale. */
const INTERRUPTED = `
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const { prepare } = await import('./scripts/prepare/prepare.mjs');
const read = fs.readFileSync;
fs.readFileSync = (...which) => {
  fs.readFileSync = read;
  syncBuiltinESMExports();
  console.log('It was interrupted.');
  process.kill(process.pid, 'SIGINT');
  return read(...which);
};
syncBuiltinESMExports();
await prepare();
console.log('It went on.');
`;

describe('Ctrl-C while it is looked which parts are stale', () => {
  it('is not lost', async () => {
    const said = await new Promise<string>((resolve) =>
      execFile(process.execPath, ['--input-type=module', '-e', INTERRUPTED], { cwd: ROOT }, (_error, out, complaints) =>
        resolve(out + complaints),
      ),
    );

    expect(said).toBe('It was interrupted.\n');
  });
});
