// npm run build: what is stale, and nothing else.
import './node-version.mjs';

const { prepare } = await import('./prepare/prepare.mjs');
await prepare({ everyStage: true });
