import { MUTANTS, type Suite, watchfulnessOf } from '@musterhq/adapter-testkit';
import { SUITES } from './suites.ts';

/** Slack does not say how much of its past it keeps: that depends on what is paid for. */
const NOT_IN_SLACK = ['cp3-forgets-it-forgot', 'cp13-hides-what-is-gone'];
const MUTANTS_OF_ANY = MUTANTS.filter(({ id, isOfTheFake }) => !isOfTheFake && !NOT_IN_SLACK.includes(id));

/** What one suite cannot see, the other sees. */
const found = new Map<string, string[]>();

async function tryAll(suite: Suite): Promise<void> {
  for (const { id, outcome, reason = '' } of (await watchfulnessOf(suite, MUTANTS_OF_ANY)).findings)
    if (outcome !== 'not applicable') found.set(id, [...(found.get(id) ?? []), `${suite.name}: ${outcome} ${reason}`.trim()]);
}

describe('Trying the contract on a Slack adapter that is wrong', () => {
  beforeAll(() => Promise.all(SUITES.map(tryAll)), 240_000);

  it.each(MUTANTS_OF_ANY.map(({ rule, wrong, id }) => [rule, wrong, id] as const))('notices, by %s, one that %s', (_rule, _wrong, id) => {
    const came = found.get(id) ?? [];

    expect(came).not.toEqual([]);
    expect(came.filter((one) => !one.endsWith(': passed'))).toEqual([]);
  });
});
