// npm run seed: forty people, a year of incidents and a SEV1 going on now, to look at and to develop on.
import './node-version.mjs';

const { prepare } = await import('./prepare/prepare.mjs');
await prepare();

const { seed } = await import('../dist/src/seed.js');
await seed(process.argv.slice(2));
