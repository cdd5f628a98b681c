// npm run drill: begins a drill in a Muster that runs, follows it to its end, and prints how it went.
import './node-version.mjs';

const { prepare } = await import('./prepare/prepare.mjs');
await prepare();

const { drill } = await import('../dist/src/drill.js');
await drill(process.argv.slice(2));
