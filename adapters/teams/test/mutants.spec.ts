import { MUTANTS, watchfulnessOf } from '@musterhq/adapter-testkit';
import { SUITES } from './suites.ts';

const MUTANTS_OF_ANY = MUTANTS.filter(({ isOfTheFake }) => !isOfTheFake);

describe('Trying the contract on a Teams adapter that is wrong', () => {
  it.each(SUITES.map((suite) => [suite.name, suite] as const))(
    'notices every mistake that can be made with %s',
    async (_name, suite) => {
      const { findings, passed } = await watchfulnessOf(suite, MUTANTS_OF_ANY);

      expect(findings.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
      expect(passed).toBeGreaterThan(9);
    },
    60_000,
  );
});
