import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCrashFile } from './crash-file.ts';

describe('The file of a process that died', () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-crash-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has a line for each, whether it came with its end or not', () => {
    expect(readFileSync(writeCrashFile(folder, ['{"a":1}', '{"b":2}\n']), 'utf8')).toBe('{"a":1}\n{"b":2}\n');
  });

  it('does not fill the disk when every start ends in one: the newest twenty are kept', () => {
    const written = Array.from({ length: 30 }, (_, at) => writeCrashFile(folder, ['{}'], new Date(Date.UTC(2030, 0, 1, 0, 0, at))));

    const kept = readdirSync(join(folder, 'logs')).sort();
    expect(kept.map((name) => join(folder, 'logs', name))).toEqual(written.slice(-20));
  });
});
