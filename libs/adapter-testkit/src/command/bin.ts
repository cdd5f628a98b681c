#!/usr/bin/env node
// npx chatport-kit dist/test/suites.js: the contract tried on the adapter of one's own.
import { command } from './command.ts';
import { suitesIn } from './suites-file.ts';

const from = process.cwd();
const code = await command(process.argv.slice(2), {
  call: 'npx chatport-kit FILE',
  choice: 'FILE is a module that exports SUITES, compiled to JavaScript. fake, in its place, is the chat that comes with the kit.',
  suitesOf: (file) => suitesIn(file, from),
  from,
  say: (line) => console.log(line),
});
// A broken adapter may have left something running: the end does not wait for it.
process.stdout.write('', () => process.exit(code));
