// npm run restore: puts such a file back into an empty database.
import './node-version.mjs';

const { prepare } = await import('./prepare/prepare.mjs');
await prepare();

const { restore } = await import('../dist/src/backup.js');
// npm changes to the project's folder; a path is meant from where the person is.
await restore(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
