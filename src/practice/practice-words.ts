import type { PracticeView } from '#libs/war-room-protocol/practice';
import type { Step } from './practice.types.ts';

/** Before it is known which chat this build can pretend to be. */
export const COMING_UP = 'A pretend chat is coming up. Two colleagues are about to declare an incident in it.';

/** Muster was started again, it ran for two hours, or a new one was begun. */
export const OVER = 'This practice is over. Its drill can still be read here; practise again whenever you like.';

/** What the page tells the person who practises, step by step. */
export function wordsFor(step: Step, chat: string, health: PracticeView['chat']['state'], wantsBack: boolean): string {
  switch (step) {
    case 'starting':
      return `A pretend ${chat} is coming up. Two colleagues are about to declare an incident in it.`;
    case 'talk':
      return `${chat} on one side, the war room on the other: one conversation. Write on either, or press Say something.`;
    case 'break':
      return `Both sides have it. Now break ${chat}: nothing that happens there reaches Muster any more.`;
    case 'broken':
      if (wantsBack) return `${chat} comes back as soon as Muster has noticed that it was gone.`;
      if (health === 'down') return `Muster has noticed: ${chat} is down. Both sides go on writing. Bring it back when you like.`;
      return `${chat} is broken, and nobody has been told: people there read each other, and none of it reaches Muster. Muster is about to notice by itself. Write on both sides.`;
    case 'returning':
      return `${chat} is back. Muster reads what it missed, and tells ${chat} what was said here.`;
    case 'done':
      return 'The two histories are one.';
    case 'ended':
      return OVER;
  }
}
