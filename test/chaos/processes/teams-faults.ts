import type { Mishap, Op } from '#adapters/teams/simulator/teams-simulator';
import type { EventFault } from './schedule.ts';

/** What is wrong with the pretend Teams for a while. */
export type TeamsFault =
  | { readonly kind: 'calls'; readonly share: number }
  | { readonly kind: 'events'; readonly how: EventFault }
  /** Nothing is answered and nothing told. */
  | { readonly kind: 'away'; readonly how: 'status' | 'refused' | 'silence' };

const answer = (status: number, body: object | string, o: { applied?: boolean; retryAfter?: number } = {}): Mishap => ({
  kind: 'answer',
  answer: { status, body, ...(o.retryAfter !== undefined && { headers: { 'retry-after': String(o.retryAfter) } }) },
  applied: o.applied ?? false,
});

const BROKEN = { error: { code: 'ServiceError', message: 'Bad gateway' } };
const BUSY = { error: { code: 'Throttled', message: 'Too many requests' } };

/** The fault menu of one call, each as often as the others. */
const MENU: readonly Mishap[] = [
  answer(503, BROKEN),
  answer(502, BROKEN, { applied: true }),
  { kind: 'silence', applied: false },
  { kind: 'silence', applied: true },
  { kind: 'late', applied: false },
  { kind: 'hang-up', applied: false },
  { kind: 'hang-up', applied: true },
  answer(429, BUSY, { retryAfter: 1 }),
  answer(429, BUSY),
  answer(200, '<html>'),
  answer(200, '<html>', { applied: true }),
];

const AWAY: Readonly<Record<'status' | 'refused' | 'silence', Mishap>> = {
  status: answer(503, BROKEN),
  refused: { kind: 'hang-up', applied: false },
  silence: { kind: 'silence', applied: false },
};

let numbers = 0;
/** It says that it has it, and nobody will ever see it. */
const vanished = (): Mishap => answer(201, { id: `1${String(++numbers).padStart(12, '0')}` });

/** How the next call ends; undefined when nothing is wrong with it. `isInThread`: it says something where something is. */
export function mishapOf(
  faults: readonly TeamsFault[],
  { op, isInThread }: { readonly op: Op | 'graph'; readonly isInThread: boolean },
  random: () => number,
): Mishap | undefined {
  for (const fault of faults) {
    if (fault.kind === 'away') return AWAY[fault.how];
    if (fault.kind !== 'calls' || random() >= fault.share) continue;
    const n = Math.floor(random() * (MENU.length + 1));
    if (n === MENU.length) return op === 'send' && isInThread ? vanished() : MENU[0];
    // What changes nothing cannot be applied late.
    return MENU[n];
  }
  return undefined;
}
