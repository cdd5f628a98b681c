import type { Suite } from '@musterhq/adapter-testkit';
import { slackHarness } from './harness.ts';

/** What `npm run kit -- slack` tries, and contract.spec.ts. */
export const SUITES: readonly Suite[] = [
  { name: 'slack, by signed requests', start: slackHarness('webhook') },
  { name: 'slack, by sockets', start: slackHarness('socket') },
];
