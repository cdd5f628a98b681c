// npm run backup: everything Muster keeps, in one file, whether Muster is running or not.
import './node-version.mjs';

const { prepare } = await import('./prepare/prepare.mjs');
await prepare();

const { backUp } = await import('../dist/src/backup.js');
// npm changes to the project's folder; a path is meant from where the person is.
await backUp(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
