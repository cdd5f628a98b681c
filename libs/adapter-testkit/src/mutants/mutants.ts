import type { Mutant } from './mutant.ts';
import { MUTANTS_THAT_HEAR_WRONG } from './that-hear-wrong.ts';
import { MUTANTS_THAT_SPEAK_WRONG } from './that-speak-wrong.ts';

/** One broken adapter a rule at least. Each is a mistake that a real adapter was seen to make, or nearly. */
export const MUTANTS: readonly Mutant[] = [...MUTANTS_THAT_HEAR_WRONG, ...MUTANTS_THAT_SPEAK_WRONG];
