import type { Suite } from '@musterhq/adapter-testkit';
import { teamsHarness } from './harness.ts';

const immune = {
  'cp2-counts-deliveries': 'Teams does not say that it tells something again',
  'cp14-believes-the-future': 'the time of a token is looked at by the machine’s clock',
};

const inChats = {
  ...immune,
  'cp12-open-to-all': 'a group chat is private, whatever was asked for',
  'cp12-brings-nobody': 'Teams has no group chat with nobody in it, so that none is made',
};

/** What `npm run kit -- teams` tries, and contract.spec.ts. */
export const SUITES: readonly Suite[] = [
  { name: 'teams, in channels', start: (kit) => teamsHarness(kit), immune },
  { name: 'teams, in group chats', start: (kit) => teamsHarness(kit, { kind: 'groupChat' }), immune },
  { name: 'teams, in threads of a channel', start: (kit) => teamsHarness(kit, { kind: 'thread' }), immune },
  { name: 'teams, in threads that are read by Graph', start: (kit) => teamsHarness(kit, { kind: 'thread', read: true }), immune },
  { name: 'teams, in a channel for each', start: (kit) => teamsHarness(kit, { kind: 'room-channel' }), immune },
  { name: 'teams, in a group chat for each', start: (kit) => teamsHarness(kit, { kind: 'room-chat' }), immune: inChats },
];
