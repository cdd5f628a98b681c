// npm run kit -- slack: the contract of chats tried on one adapter. CONTRIBUTING.md has its options.
import './node-version.mjs';

const { prepare } = await import('./prepare/prepare.mjs');
await prepare();

const { command } = await import('@musterhq/adapter-testkit');
const { adapterNames, suitesOf } = await import('./kit/adapters.mjs');
const code = await command(process.argv.slice(2), {
  call: 'npm run kit -- ADAPTER',
  choice: `There are: ${adapterNames().join(', ')}.`,
  suitesOf,
  from: process.env.INIT_CWD ?? process.cwd(),
  say: (line) => console.log(line),
});
// A broken adapter may have left something running: the end does not wait for it.
process.stdout.write('', () => process.exit(code));
