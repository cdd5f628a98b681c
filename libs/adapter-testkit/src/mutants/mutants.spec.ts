import type { Case } from '../case.ts';
import { CASES } from '../cases/all.ts';
import { startFake } from '../fake/fake-harness.ts';
import { declarationsOf, runCase, type Start } from '../run-case.ts';
import type { Mutant } from './mutant.ts';
import { MUTANTS } from './mutants.ts';

async function failures(start: Start): Promise<Case[]> {
  const declared = await declarationsOf(start);
  const failed = CASES.filter((one) => one.notFor?.(declared) === undefined).map(async (one) => {
    try {
      await runCase(one, start);
      return [];
    } catch {
      return [one];
    }
  });
  return (await Promise.all(failed)).flat();
}

const startMutant =
  ({ breaks }: Mutant): Start =>
  (kit) =>
    startFake(kit, { wrap: breaks });

describe('Trying the conformance kit on adapters that are wrong', () => {
  it.each(MUTANTS.map((mutant) => [mutant.rule, mutant.wrong, mutant] as const))(
    'notices, by %s alone, one that %s',
    async (rule, _wrong, mutant) => {
      const failed = await failures(startMutant(mutant));

      expect(failed.map((one) => one.id)).toContain(mutant.caught);
      expect([...new Set(failed.map((one) => one.rule))]).toEqual([rule]);
    },
    30_000,
  );

  it('finds nothing wrong with the one that is right', async () => {
    expect(await failures((kit) => startFake(kit))).toEqual([]);
  });

  it('has a mutant for every rule that it has a case for', () => {
    const rules = (of: readonly { rule: string }[]): string[] => [...new Set(of.map(({ rule }) => rule))].sort();

    expect(rules(MUTANTS)).toEqual(rules(CASES));
  });

  it('gives every case an id of its own', () => {
    expect(new Set(CASES.map((one) => one.id)).size).toBe(CASES.length);
  });
});
