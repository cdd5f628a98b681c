import { textContent } from '#libs/rich-text/text-content';
import type { Claims } from '#src/people/claims.service';
import { ClaimNotUsable, NotAllowed, NotJoinable } from '#src/people/people.errors';
import { tellPeople } from './conversation.errors.ts';
import type { Verb } from './conversation.types.ts';

tellPeople(ClaimNotUsable, NotJoinable, NotAllowed);

/** A code said in one place and written in another shows that somebody has both accounts. */
export const thisIsMeVerb = (claims: Claims): Verb => ({
  name: 'this-is-me',
  usage: 'this-is-me <nothing, or a code from elsewhere>',
  help: 'gives you a code; written in another chat, or in the war room, it says that you are the same person there.',
  inRoom: false,
  late: 'answer',
  // The code is. Written, it is spent, and that somebody is known by two accounts is no secret.
  forThemAlone: (text) => text === '',
  async run({ tx, by, text, prefix }) {
    if (text !== '') {
      const { name } = await claims.confirm(tx, text, by);
      return {
        say: textContent(
          `You are shown as one person now: ${name}. What you may by each account stays as it was until an admin confirms it, under "One person, several accounts" in the settings.`,
        ),
        seq: null,
      };
    }
    const { code } = await claims.begin(tx, by);
    return {
      say: textContent(
        `Your code is ${code}, for ten minutes, once. Write "${prefix}this-is-me ${code}" where you are known by another account, in a chat or in the war room. Give it to nobody: whoever writes it is taken for you.`,
      ),
      seq: null,
    };
  },
});
