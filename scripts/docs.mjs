// npm run docs: writes docs/configuration.md from the schemas that read the environment. With --check it only compares.
import './node-version.mjs';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { prepare } from './prepare/prepare.mjs';
import { inProject } from './prepare/project.mjs';

const FILE = inProject('docs', 'configuration.md');

await prepare();
const { configurationPage } = await import('../dist/src/platform/config/configuration-page.js');
const page = configurationPage();

if (process.argv.includes('--check')) {
  if (readOrNothing() !== page) {
    console.error('docs/configuration.md is not what the schema says. Run "npm run docs".');
    process.exitCode = 1;
  }
} else {
  mkdirSync(inProject('docs'), { recursive: true });
  writeFileSync(FILE, page);
}

function readOrNothing() {
  try {
    return readFileSync(FILE, 'utf8');
  } catch {
    return '';
  }
}
