import { CASES, MUTANTS, declarationsOf, planted, runCase } from '@musterhq/adapter-testkit';
import { lineHarness } from './harness.ts';

const declared = await declarationsOf(lineHarness);
const applying = new Map(CASES.filter((one) => one.notFor?.(declared) === undefined).map((one) => [one.id, one]));

/** A line does not say that it comes again, and the next is not read before the last is stored: so these cannot be made here. */
const IMPOSSIBLE = ['gives a repeated delivery an id of its own', 'lets plain messages overtake those with links, which take it longer'];

const noticeable = MUTANTS.filter(({ isOfTheFake, caught, wrong }) => !isOfTheFake && applying.has(caught) && !IMPOSSIBLE.includes(wrong));

describe('Trying the contract on an adapter for lines that is wrong', () => {
  it.each(noticeable.map((mutant) => [mutant.rule, mutant.wrong, mutant] as const))(
    'notices, by %s, one that %s',
    async (_rule, _wrong, mutant) => {
      await expect(runCase(applying.get(mutant.caught)!, planted(lineHarness, mutant))).rejects.toThrow(mutant.because);
    },
  );
});
