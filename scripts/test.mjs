// npm test: prepares, runs the tests, and ends with "N passed, N failed, N skipped". Arguments go on to Jest.
import './node-version.mjs';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare } from './prepare/prepare.mjs';
import { inProject, ROOT } from './prepare/project.mjs';

/**
 * What has to be quick wants the machine to itself, and comes last. Browsers and whole processes fill two cores by twos, and hinder each
 * other by threes; everything else waits for more than half of its time, and goes by fours.
 */
const EVERYTHING = [
  ['--selectProjects', 'browser', 'processes', '--maxWorkers=2'],
  ['--selectProjects', 'integration', 'adapters', 'unit', '--maxWorkers=4'],
  ['--selectProjects', 'timed', '--maxWorkers=1'],
];

const results = mkdtempSync(join(tmpdir(), 'muster-results-'));
const given = process.argv.slice(2);

// Ctrl-C reaches Jest as well, which puts its own things away. Ours come after it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);

await prepare();
const runs = [];
if (given.length > 0) runs.push(await jest(given, { mayBeEmpty: false }));
else for (const selection of EVERYTHING) runs.push(await jest(selection, { mayBeEmpty: true }));
rmSync(results, { recursive: true, force: true });

const total = (count) => runs.reduce((sum, run) => sum + run[count], 0);
process.exitCode = total('failed') > 0 ? 1 : 0;
console.log(`${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`);

async function jest(selection, { mayBeEmpty }) {
  const program = inProject('node_modules', 'jest', 'bin', 'jest.js');
  const counts = join(results, 'counts.json');
  rmSync(counts, { force: true });
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const reporters = [
    '--reporters=default',
    `--reporters=${inProject('scripts', 'results-reporter.mjs')}`,
    `--passWithNoTests=${mayBeEmpty}`,
  ];
  const env = { ...process.env, TEST_COUNTS: counts };
  const child = spawn(process.execPath, [...flags, program, ...reporters, ...selection], { cwd: ROOT, stdio: 'inherit', env });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  return counted(counts, code);
}

/** A run that broke off without results, or ended badly in spite of them, counts as one failure. */
function counted(file, code) {
  try {
    const counts = JSON.parse(readFileSync(file, 'utf8'));
    return { ...counts, failed: counts.failed || (code === 0 ? 0 : 1) };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
