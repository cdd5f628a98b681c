import type { CallFault } from '#adapters/slack/simulator/types';

/** A moment after we gave up, which is after a second at any such pace. */
const LATE_MS = 1_050;

/** The fault menu of one call, each as often as the others. */
const MENU: readonly CallFault[] = [
  { kind: 'status', status: 503 },
  { kind: 'status', status: 500, applied: true },
  { kind: 'silence' },
  { kind: 'silence', applied: true },
  { kind: 'applied-late', byMs: LATE_MS },
  { kind: 'reset', when: 'before' },
  { kind: 'reset', when: 'after' },
  { kind: 'rate-limited', retryAfter: 1 },
  { kind: 'rate-limited', retryAfter: null },
  { kind: 'error', error: 'internal_error' },
  { kind: 'error', error: 'fatal_error', applied: true },
  { kind: 'garbage' },
  { kind: 'garbage', applied: true },
  { kind: 'vanish' },
];

/** Of all calls, so large a share goes wrong. The simulator tries one fault after the other, so each is drawn from what the others left. */
export function faultyCalls(share: number): CallFault[] {
  const each = share / MENU.length;
  return MENU.map((fault, n) => ({ ...fault, on: '!auth.test', chance: each / (1 - n * each) }));
}
