import type { FaultKind, FaultOptions, Tamper } from '@musterhq/adapter-testkit';
import type { Flaw } from '../simulator/signing.ts';
import type { Mishap } from '../simulator/teams-simulator.ts';

/** What is wrong with what goes with an activity. */
export function flawOf(tamper: Tamper | undefined): Flaw | 'none at all' | undefined {
  if (tamper === 'no-signature') return 'none at all';
  return tamper === 'body' ? undefined : tamper;
}

/** How the pretend Microsoft makes a call go wrong. */
export function mishapOf(kind: FaultKind, { retryAfterMs }: FaultOptions): Mishap {
  const applied = kind.endsWith('-after');
  const answer = (status: number, body: object | string, headers?: Record<string, string>): Mishap => ({
    kind: 'answer',
    answer: { status, body, ...(headers && { headers }) },
    applied,
  });
  switch (kind) {
    case 'error-before':
    case 'error-after':
      return answer(502, { error: { code: 'ServiceError', message: 'Bad gateway' } });
    case 'reset-before':
    case 'reset-after':
      return { kind: 'hang-up', applied };
    case 'silent':
    case 'silent-after':
      return { kind: 'silence', applied };
    case 'rate-limited':
      return answer(
        429,
        { error: { code: 'Throttled', message: 'Too many requests' } },
        retryAfterMs === undefined ? {} : { 'retry-after': String(retryAfterMs / 1_000) },
      );
    case 'garbage':
      return answer(200, '<html>');
    case 'unauthorized':
      return answer(401, { error: { code: 'Unauthorized', message: 'Authorization has been denied for this request.' } });
    case 'late':
      return { kind: 'late', applied: false };
    case 'lost':
      return answer(201, { id: '1', activityId: '1' });
    case 'refused':
      throw new Error('What is refused does not come as far as this');
  }
}
