import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProject, ROOT } from '../prepare/project.mjs';

/**
 * Runs Jest and gives back each file with its counts and the names of what failed. A run that broke off without results, or ended badly
 * in spite of them, is a file without a path that failed.
 */
export async function runJest(selection, { mayBeEmpty }) {
  const folder = mkdtempSync(join(tmpdir(), 'muster-results-'));
  const counts = join(folder, 'counts.json');
  const program = inProject('node_modules', 'jest', 'bin', 'jest.js');
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const reporters = [
    '--reporters=default',
    `--reporters=${inProject('scripts', 'test', 'results-reporter.mjs')}`,
    `--passWithNoTests=${mayBeEmpty}`,
  ];
  const env = { ...process.env, TEST_COUNTS: counts };
  const child = spawn(process.execPath, [...flags, program, ...reporters, ...selection], { cwd: ROOT, stdio: 'inherit', env });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  const files = readCounts(counts);
  rmSync(folder, { recursive: true, force: true });
  const isAsTold = files !== null && (code === 0 || files.some(({ failed }) => failed > 0));
  return isAsTold ? files : [...(files ?? []), { path: null, passed: 0, failed: 1, skipped: 0, failures: ['Jest ended badly'] }];
}

function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
