// npm test: prepares, runs the tests, and ends with "N passed, N failed, N skipped". Arguments go on to Jest.
import './node-version.mjs';
import { prepare } from './prepare/prepare.mjs';
import { runJest } from './test/run-jest.mjs';
import { lookAgain } from './test/second-look.mjs';

/**
 * What has to be quick wants the machine to itself, and comes last. Browsers and whole processes fill two cores by twos, and hinder each
 * other by threes; everything else waits for more than half of its time, and goes by fours.
 */
const EVERYTHING = [
  ['--selectProjects', 'browser', 'processes', '--maxWorkers=2'],
  ['--selectProjects', 'integration', 'adapters', 'unit', '--maxWorkers=4'],
  ['--selectProjects', 'timed', '--maxWorkers=1'],
];

const given = process.argv.slice(2);

// Ctrl-C reaches Jest as well, which puts its own things away. Ours come after it.
let isEnded = false;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => (isEnded = true));

await prepare();
const { files, unsteady } = given.length > 0 ? await asGiven() : await everything();
const total = (count) => files.reduce((sum, file) => sum + file[count], 0);
process.exitCode = total('failed') > 0 ? 1 : 0;
if (unsteady.length > 0)
  console.log(`Unsteady: failed among others, and passed alone. Find out why (docs/testing.md).\n  ${unsteady.join('\n  ')}`);
console.log(`${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`);

/** Whoever names what to run wants to see it fail. */
async function asGiven() {
  return { files: await runJest(given, { mayBeEmpty: false }), unsteady: [] };
}

async function everything() {
  const first = [];
  for (const selection of EVERYTHING) if (!isEnded) first.push(...(await runJest(selection, { mayBeEmpty: true })));
  if (isEnded) return { files: first, unsteady: [] };
  return lookAgain(first, (paths) => runJest(['--maxWorkers=1', '--runTestsByPath', ...paths], { mayBeEmpty: true }));
}
