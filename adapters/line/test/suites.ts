import type { Suite } from '@musterhq/adapter-testkit';
import { lineHarness } from './harness.ts';

/** What `npm run kit -- line` tries, and contract.spec.ts. */
export const SUITES: readonly Suite[] = [
  {
    name: 'line',
    start: (kit) => lineHarness(kit),
    immune: {
      'cp2-counts-deliveries': 'a line does not say that it comes again',
      'cp4-slow-links': 'the next line is not read before the last is stored',
    },
  },
];
