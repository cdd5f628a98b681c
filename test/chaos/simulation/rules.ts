/**
 * Rules of the workers and of their statements. Each can be taken away, to see that it is missed: a promise that no missing
 * rule breaks is not being checked.
 */
export const RULES = [
  'kept before it is acknowledged',
  'handled once',
  'all of a transaction or nothing',
  'claims are counted',
  'a room being made is waited for',
  'the newest version stands',
  'said in order',
  'settled before said again',
  'lost attempts are looked for',
  'a chat that may be away is waited for',
  'what was said is swept',
  'a room in doubt is for a person',
] as const;

export type Rule = (typeof RULES)[number];
