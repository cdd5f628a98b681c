import { CASES, MUTANTS, declarationsOf, planted, runCase } from '@musterhq/adapter-testkit';
import { teamsHarness } from './harness.ts';

const declared = await declarationsOf(teamsHarness);
const applying = new Map(CASES.filter((one) => one.notFor?.(declared) === undefined).map((one) => [one.id, one]));

/**
 * Teams does not say that it tells something again; what comes by requests is admitted by the core, so that no adapter can do it
 * wrongly; and the time of a token is looked at by the machine's clock.
 */
const IMPOSSIBLE = [
  'gives a repeated delivery an id of its own',
  'lets plain messages overtake those with links, which take it longer',
  'fails on what it has never heard of',
  'lets in what was signed ten minutes ahead',
];
const noticeable = MUTANTS.filter(({ isOfTheFake, caught, wrong }) => !isOfTheFake && applying.has(caught) && !IMPOSSIBLE.includes(wrong));

describe('Trying the contract on a Teams adapter that is wrong', () => {
  it.each(noticeable.map((mutant) => [mutant.rule, mutant.wrong, mutant] as const))(
    'notices, by %s, one that %s',
    async (_rule, _wrong, mutant) => {
      await expect(runCase(applying.get(mutant.caught)!, planted(teamsHarness, mutant))).rejects.toThrow(mutant.because);
    },
  );
});
