import type { Person } from '#libs/war-room-protocol/vocabulary';
import type { SlashCommand } from './slash-commands.ts';

/** Who could be meant while a name after an @ is typed, at most six. */
export function namesFor(draft: string, people: readonly Person[]): readonly SlashCommand[] {
  const begun = /(?:^|\s)@([^@\n]{0,30})$/.exec(draft)?.[1]?.toLowerCase();
  if (begun === undefined) return [];
  return people
    .filter(({ name }) => ` ${name.toLowerCase()}`.includes(` ${begun}`) && name.toLowerCase() !== begun)
    .slice(0, 6)
    .map(({ name }) => ({ word: `@${name}`, then: '', says: '', whole: `${draft.slice(0, draft.length - begun.length)}${name} ` }));
}
