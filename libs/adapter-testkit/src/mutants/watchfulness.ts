import { CASES } from '../cases/all.ts';
import { type Conformance, outcomeOf, type Trial } from '../conformance.ts';
import type { Case } from '../case.ts';
import type { Transport } from '../harness.ts';
import { needs } from '../needs.ts';
import { inHaste } from '../patience.ts';
import { tryCase } from '../run-case.ts';
import type { Suite } from '../suite.ts';
import { checkImmune } from './immune.ts';
import type { Mutant } from './mutant.ts';
import { planted } from './planted.ts';

/**
 * Plants each mistake in the adapter and looks whether the case that is about it notices. One that fails here is a mistake that
 * nobody would see: the harness hides it, or this chat cannot make it, and then the suite's `immune` says so. Rejects when `immune`
 * names what there is not.
 */
export async function watchfulnessOf(suite: Suite, mutants: readonly Mutant[]): Promise<Conformance> {
  checkImmune(suite);
  const named = { ...suite, name: `${suite.name}, with one mistake at a time` };
  const came = await outcomeOf(
    named,
    mutants.map((mutant) => trialOf(mutant, suite)),
  );
  return { ...came, warnings: [] };
}

function trialOf(mutant: Mutant, { start, immune }: Suite): Trial {
  const { id, rule, wrong, caught, because, changes, by } = mutant;
  const watching = CASES.find((one) => one.id === caught);
  if (!watching) throw new Error(`There is no case ${caught}, which has to notice ${id}`);
  return {
    id,
    rule,
    title: `notices an adapter that ${wrong} (${id})`,
    notFor: needs(
      () => immune?.[id],
      usually(by),
      (declared) => watching.notFor?.(declared),
    ),
    async run() {
      const noticed = await failureOf(inHaste(() => tryCase(watching, planted(start, mutant))));
      if (noticed === undefined)
        throw new Error(
          `${id} was planted, and "${watching.title}" passed all the same. What it changes: ${changes ?? `the adapter ${wrong}`}. Either this adapter does nothing of the kind (then say so in \`immune\`), or the harness hides it.`,
        );
      if (!noticed.includes(because)) throw new Error(`${id} was planted, and another mistake was noticed: ${noticed}`);
    },
  };
}

/** A case delivers by the usual transport of its harness, which is the first. */
const usually =
  (by: Transport | undefined): NonNullable<Case['notFor']> =>
  ({ transports: [usual] }) =>
    by === undefined || by === usual ? undefined : `events come by ${usual}, and it is made with a ${by}`;

const failureOf = (trying: Promise<void>): Promise<string | undefined> =>
  trying.then(
    () => undefined,
    (error: unknown) => String(error),
  );
