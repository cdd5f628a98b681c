// npm run bench: every number beside the limit measured in the same run. Names of benches may follow.
import './node-version.mjs';

const { prepare } = await import('./prepare/prepare.mjs');
await prepare();
await import('../test/bench/run.mjs');
