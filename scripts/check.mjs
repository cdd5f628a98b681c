// npm run check: everything to look at before saying done. A line a step; what a step said is shown when it fails.
import './node-version.mjs';
import { spawn } from 'node:child_process';
import { prepare } from './prepare/prepare.mjs';
import { inProject, isThere, ROOT } from './prepare/project.mjs';

const bin = (name) => inProject('node_modules', '.bin', name);
const page = 'adapters/war-room/web/tsconfig.json';

const STEPS = [
  ['types', bin('tsc'), '-p', 'tsconfig.json', '--noEmit', '--incremental', 'false'],
  ...(isThere(page) ? [['types of the page', bin('tsc'), '-p', page, '--noEmit', '--incremental', 'false']] : []),
  ['lint', bin('eslint'), '.'],
  ['imports', bin('depcruise'), 'src', 'adapters', 'libs', 'test', '--config', '.dependency-cruiser.cjs'],
  ['unused', bin('knip')],
  ['without Slack', process.execPath, 'test/repository/rules/deletion.mjs'],
  ['format', bin('prettier'), '--check', '--log-level', 'warn', 'src', 'adapters', 'libs', 'test', 'scripts'],
  ['tests', process.execPath, 'scripts/test.mjs'],
];

await prepare();
let failures = 0;
for (const [name, command, ...args] of STEPS) {
  const began = Date.now();
  const { passed, output } = await run(command, args);
  if (!passed) failures++;
  console.log(`${passed ? 'ok    ' : 'failed'}  ${name.padEnd(20)} ${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s`);
  if (!passed) console.log(`${output.trimEnd().replace(/^/gm, '        ')}\n`);
  else if (name === 'tests') console.log(`        ${output.trimEnd().split('\n').at(-1)}`);
}
console.log(failures === 0 ? 'All is well.' : `${failures} of ${STEPS.length} steps failed.`);
process.exitCode = failures === 0 ? 0 : 1;

function run(command, args) {
  const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ passed: false, output: error.message }));
    child.once('close', (code) => resolve({ passed: code === 0, output }));
  });
}
