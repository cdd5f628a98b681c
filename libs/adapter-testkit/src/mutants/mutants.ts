import type { Mutant } from './mutant.ts';
import { MUTANTS_THAT_CHANGE_WRONG } from './that-change-wrong.ts';
import { MUTANTS_THAT_DROP_MORE_THAN_WORDS } from './that-drop-more-than-words.ts';
import { MUTANTS_THAT_HEAR_WRONG } from './that-hear-wrong.ts';
import { MUTANTS_THAT_HIDE_HOW_THEY_ARE } from './that-hide-how-they-are.ts';
import { MUTANTS_THAT_LOSE_TRACK } from './that-lose-track.ts';
import { MUTANTS_THAT_MAKE_ROOMS_WRONG } from './that-make-rooms-wrong.ts';
import { MUTANTS_THAT_MISHEAR_PEOPLE } from './that-mishear-people.ts';
import { MUTANTS_THAT_MISREAD_HISTORY } from './that-misread-history.ts';
import { MUTANTS_THAT_MISS_WHAT_HAPPENS } from './that-miss-what-happens.ts';
import { MUTANTS_THAT_MISTAKE_VOICES } from './that-mistake-voices.ts';
import { MUTANTS_THAT_TRY_WRONG } from './that-try-wrong.ts';
import { MUTANTS_THAT_WORD_WRONG } from './that-word-wrong.ts';

/** One broken adapter a rule at least. Each is a mistake that a real adapter was seen to make, or nearly. */
export const MUTANTS: readonly Mutant[] = [
  ...MUTANTS_THAT_HEAR_WRONG,
  ...MUTANTS_THAT_MISTAKE_VOICES,
  ...MUTANTS_THAT_MISHEAR_PEOPLE,
  ...MUTANTS_THAT_MISS_WHAT_HAPPENS,
  ...MUTANTS_THAT_MISREAD_HISTORY,
  ...MUTANTS_THAT_HIDE_HOW_THEY_ARE,
  ...MUTANTS_THAT_LOSE_TRACK,
  ...MUTANTS_THAT_TRY_WRONG,
  ...MUTANTS_THAT_CHANGE_WRONG,
  ...MUTANTS_THAT_WORD_WRONG,
  ...MUTANTS_THAT_DROP_MORE_THAN_WORDS,
  ...MUTANTS_THAT_MAKE_ROOMS_WRONG,
];
