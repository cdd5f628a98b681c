// npm run import: an incident that was exported elsewhere.
import './node-version.mjs';

const { prepare } = await import('./prepare/prepare.mjs');
await prepare();

const { importFile } = await import('../dist/src/import.js');
await importFile(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
