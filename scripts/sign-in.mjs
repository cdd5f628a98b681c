// npm run sign-in: prints a fresh one-time sign-in link, whether Muster is running or not.
import './node-version.mjs';

const { prepare } = await import('./prepare/prepare.mjs');
await prepare();

const { printSignInLink } = await import('../dist/src/sign-in.js');
await printSignInLink();
