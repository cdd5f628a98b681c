import type { Suite } from '@musterhq/adapter-testkit';
import { lineHarness } from './harness.ts';

/** What `npm run kit -- line` tries, and contract.spec.ts. */
export const SUITES: readonly Suite[] = [{ name: 'line', start: (kit) => lineHarness(kit) }];
