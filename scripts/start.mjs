// npm start: installs and builds what is stale, then becomes the supervisor, in this same process so that signals arrive.
import './node-version.mjs';

const began = Date.now();
const { prepare } = await import('./prepare/prepare.mjs');
await prepare({ everyStage: true });

// A `kill` of npm reaches only the shell between us, which dies without a word. Its absence is the word.
const startedBy = process.ppid;
if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== startedBy && process.kill(process.pid, 'SIGTERM'), 500).unref();

process.setSourceMapsEnabled(true);
const { main } = await import('../dist/src/main.js');
await main(began);
