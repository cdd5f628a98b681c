import { MUTANTS } from '@musterhq/adapter-testkit';

const mutantsFor = (adapter) => MUTANTS.filter(({ isOfTheFake }) => !isOfTheFake || adapter === 'fake');

/** By its id, or the first of a rule. */
export function mutantNamed(adapter, name) {
  const mutants = mutantsFor(adapter);
  return mutants.find(({ id }) => id === name.toLowerCase()) ?? mutants.find(({ rule }) => rule === name.toUpperCase());
}

export const mutantNames = (adapter) =>
  mutantsFor(adapter)
    .map(({ id }) => id)
    .join(', ');
