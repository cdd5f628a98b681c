// npm start: installs and builds what is stale, then becomes the supervisor, in this same process so that signals arrive.
import './node-version.mjs';

const began = Date.now();
const { prepare } = await import('./prepare/prepare.mjs');
await prepare({ everyStage: true });

process.setSourceMapsEnabled(true);
const { main } = await import('../dist/src/main.js');
await main(began);
