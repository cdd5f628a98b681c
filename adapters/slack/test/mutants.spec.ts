import { CASES, conformanceOf, MUTANTS, planted } from '@musterhq/adapter-testkit';
import { SUITES } from './suites.ts';

/** Slack does not say how much of its past it keeps: that depends on what is paid for. */
const NOT_IN_SLACK = ['cp3-forgets-it-forgot', 'cp13-hides-what-is-gone'];
const MUTANTS_OF_ANY = MUTANTS.filter(({ id, isOfTheFake }) => !isOfTheFake && !NOT_IN_SLACK.includes(id));

describe('Trying the contract on a Slack adapter that is wrong', () => {
  it.each(MUTANTS_OF_ANY.map((mutant) => [mutant.rule, mutant.wrong, mutant] as const))(
    'notices, by %s, one that %s',
    async (_rule, _wrong, mutant) => {
      const cases = CASES.filter(({ id }) => id === mutant.caught);
      const found = await Promise.all(SUITES.map(({ name, start }) => conformanceOf({ name, start: planted(start, mutant) }, cases)));

      const noticed = found.flatMap(({ findings }) => findings).filter(({ outcome }) => outcome !== 'not applicable');
      expect(noticed.length).toBeGreaterThan(0);
      expect(noticed).toContainEqual(expect.objectContaining({ outcome: 'failed', reason: expect.stringContaining(mutant.because) }));
    },
  );
});
