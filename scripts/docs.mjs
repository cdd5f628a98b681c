// npm run docs: writes the pages that are generated from the code. With --check it only compares.
import './node-version.mjs';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { prepare } from './prepare/prepare.mjs';
import { inProject } from './prepare/project.mjs';

await prepare();
const { configurationPage } = await import('../dist/src/platform/config/configuration-page.js');
const { eventsPage } = await import('./docs/events-page.mjs');
const { commandsPage } = await import('./docs/commands-page.mjs');
const { verbs } = await import('./docs/verbs.mjs');
const { readConfig } = await import('../dist/src/platform/config/config.js');
const { AppModule } = await import('../dist/src/app.module.js');
const { openApiDocument } = await import('../dist/src/platform/http/openapi/document.js');
const { apiTypes } = await import('./docs/api-types.mjs');
const { controllersOf } = await import('./docs/controllers.mjs');
const PAGES = {
  'docs/configuration.md': configurationPage(),
  'docs/commands.md': commandsPage(verbs()),
  'docs/events.md': eventsPage(),
  'test/api/api-types.ts': await apiTypes(openApiDocument(controllersOf(AppModule.with({ config: readConfig({}), roles: [], log: {} })))),
};

mkdirSync(inProject('docs'), { recursive: true });
for (const [name, page] of Object.entries(PAGES)) {
  const file = inProject(name);
  if (!process.argv.includes('--check')) writeFileSync(file, page);
  else if (readOrNothing(file) !== page) {
    console.error(`${name} is not what the code says. Run "npm run docs".`);
    process.exitCode = 1;
  }
}

function readOrNothing(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
