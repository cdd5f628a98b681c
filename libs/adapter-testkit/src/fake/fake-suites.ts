import type { Suite } from '../suite.ts';
import { startFake } from './fake-harness.ts';

/** The fake chat's own suites: with all that it has, and with as little as a platform may have. */
export const FAKE_SUITES: readonly Suite[] = [
  { name: 'fake', start: (kit) => startFake(kit) },
  {
    name: 'fake, by webhook only, without echo or keys',
    start: (kit) => startFake(kit, { transports: ['webhook'], chat: { echo: 'read-back', reconcile: 'none' } }),
  },
];
