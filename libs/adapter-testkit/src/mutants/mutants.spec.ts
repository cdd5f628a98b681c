import { CASES } from '../cases/all.ts';
import { type Conformance, conformanceOf } from '../conformance.ts';
import { startFake } from '../fake/fake-harness.ts';
import { makeKit } from '../kit.ts';
import type { Mutant } from './mutant.ts';
import { MUTANTS } from './mutants.ts';
import { planted } from './planted.ts';
import { watchfulnessOf } from './watchfulness.ts';

const SOUND = { name: 'fake', start: startFake };

/** They wait more than they work. */
const AT_ONCE = 4;
/** So many mutants together meet every case of every rule that they do not break. */
const TOGETHER = 12;

interface Found {
  readonly noticed: Conformance;
  readonly elsewhere: Conformance;
}
const found = new Map<string, Found>();

const casesElsewhere = ({ rule }: Mutant, nth: number): typeof CASES =>
  CASES.filter((one, n) => one.rule !== rule && n % TOGETHER === nth % TOGETHER);

async function tryAll(queue: [number, Mutant][]): Promise<void> {
  for (let next = queue.shift(); next; next = queue.shift()) {
    const [nth, mutant] = next;
    const noticed = await watchfulnessOf(SOUND, [mutant]);
    const elsewhere = await conformanceOf({ name: 'fake', start: planted(startFake, mutant) }, casesElsewhere(mutant, nth));
    found.set(mutant.id, { noticed, elsewhere });
  }
}

describe('Trying the conformance kit on adapters that are wrong', () => {
  beforeAll(async () => {
    const queue = [...MUTANTS.entries()];
    await Promise.all(Array.from({ length: AT_ONCE }, () => tryAll(queue)));
  }, 240_000);

  it.each(MUTANTS.map((mutant) => [mutant.rule, mutant.wrong, mutant] as const))(
    'notices, by %s alone, one that %s',
    (_rule, _wrong, { id, rule }) => {
      const { noticed, elsewhere } = found.get(id) ?? {};

      expect(noticed?.findings).toMatchObject([{ id, rule, outcome: 'passed' }]);
      expect(elsewhere?.findings.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    },
  );

  it('finds nothing wrong with the one that is right', async () => {
    expect((await conformanceOf(SOUND)).broken).toEqual([]);
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
