import { CASES } from '../cases/all.ts';
import { type Conformance, conformanceOf } from '../conformance.ts';
import { startFake } from '../fake/fake-harness.ts';
import { makeKit } from '../kit.ts';
import type { Mutant } from './mutant.ts';
import { MUTANTS } from './mutants.ts';
import { planted } from './planted.ts';

const AT_ONCE = 3;

/** What came of each mutant. They wait more than they work. */
const found = new Map<string, Conformance>();

async function tryAll(queue: Mutant[]): Promise<void> {
  for (let mutant = queue.shift(); mutant; mutant = queue.shift())
    found.set(mutant.id, await conformanceOf({ name: 'fake', start: planted(startFake, mutant) }));
}

describe('Trying the conformance kit on adapters that are wrong', () => {
  beforeAll(async () => {
    const queue = [...MUTANTS];
    await Promise.all(Array.from({ length: AT_ONCE }, () => tryAll(queue)));
  }, 240_000);

  it.each(MUTANTS.map((mutant) => [mutant.rule, mutant.wrong, mutant] as const))(
    'notices, by %s alone, one that %s',
    (rule, _wrong, mutant) => {
      const { broken, findings } = found.get(mutant.id) ?? {};

      const noticed = findings?.find(({ id }) => id === mutant.caught);
      expect(broken).toEqual([rule]);
      expect(noticed).toMatchObject({ outcome: 'failed', reason: expect.stringContaining(mutant.because) });
    },
  );

  it('finds nothing wrong with the one that is right', async () => {
    expect((await conformanceOf({ name: 'fake', start: startFake })).broken).toEqual([]);
  });

  it('does not take a harness that leaves nothing planted for one that is right', async () => {
    const [mutant] = MUTANTS;
    if (!mutant) throw new Error('There are no mutants');
    const alone = planted(() => startFake(makeKit()), mutant);

    await expect(conformanceOf({ name: 'fake', start: alone })).rejects.toThrow('kit.create');
  });

  it('has a mutant for every rule that it has a case for', () => {
    const rules = (of: readonly { rule: string }[]): string[] => [...new Set(of.map(({ rule }) => rule))].sort();

    expect(rules(MUTANTS)).toEqual(rules(CASES));
  });

  it('gives every case and every mutant an id of its own', () => {
    for (const all of [CASES, MUTANTS]) expect(new Set(all.map((one) => one.id)).size).toBe(all.length);
  });
});
