import { BadRequest } from '#src/platform/http/problems';

/** Where a page of older messages ends. @throws BadRequest */
export function beforeOf(given: unknown): number | null {
  if (given === undefined || given === '') return null;
  const before = Number(given);
  if (!Number.isSafeInteger(before) || before < 1)
    throw new BadRequest('This is no place in a room. Leave out "before", or follow the link "Older messages".');
  return before;
}
