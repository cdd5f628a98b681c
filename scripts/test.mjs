// npm test: prepares, runs the tests, and ends with "N passed, N failed, N skipped". Arguments go on to Jest.
import './node-version.mjs';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare } from './prepare/prepare.mjs';
import { inProject, ROOT } from './prepare/project.mjs';

/** Tests that measure time, or start whole Musters and browsers, want the machine to themselves: one file after the other. */
const EVERYTHING = [
  ['--selectProjects', 'unit', 'adapters', 'integration'],
  ['--selectProjects', 'processes', 'browser', '--maxWorkers=1'],
];

const results = mkdtempSync(join(tmpdir(), 'muster-results-'));
const given = process.argv.slice(2);

// Ctrl-C reaches Jest as well, which puts its own things away. Ours come after it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);

await prepare();
const runs = [];
for (const selection of given.length > 0 ? [given] : EVERYTHING) runs.push(await jest(selection, join(results, `${runs.length}.json`)));
rmSync(results, { recursive: true, force: true });

const total = (count) => runs.reduce((sum, run) => sum + count(run), 0);
const failed = total((run) => run.failed);
process.exitCode = failed > 0 ? 1 : 0;
console.log(`${total((run) => run.passed)} passed, ${failed} failed, ${total((run) => run.skipped)} skipped`);

async function jest(selection, outputFile) {
  const program = inProject('node_modules', 'jest', 'bin', 'jest.js');
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const reporting = ['--passWithNoTests', '--reporters=default', '--json', `--outputFile=${outputFile}`];
  const child = spawn(process.execPath, [...flags, program, ...reporting, ...selection], { cwd: ROOT, stdio: 'inherit' });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  return counted(outputFile, code);
}

/** A file that could not run counts as failed, and so does a run that broke off without results. */
function counted(outputFile, code) {
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, numPendingTests, numTodoTests } = JSON.parse(
      readFileSync(outputFile, 'utf8'),
    );
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    return { passed: numPassedTests, failed: failed || (code === 0 ? 0 : 1), skipped: numPendingTests + numTodoTests };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
