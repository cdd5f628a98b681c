import type { Suite } from '@musterhq/adapter-testkit';
import { teamsHarness } from './harness.ts';

/** What `npm run kit -- teams` tries, and contract.spec.ts. */
export const SUITES: readonly Suite[] = [
  { name: 'teams, in channels', start: (kit) => teamsHarness(kit) },
  { name: 'teams, in group chats', start: (kit) => teamsHarness(kit, { kind: 'groupChat' }) },
];
