export type Step = 'starting' | 'talk' | 'break' | 'broken' | 'returning' | 'done' | 'ended';
export type Wanted = 'say-something' | 'break' | 'bring-back';
/** What is asked for of one that stands beside, as it is kept until it is done: "break teams". */
export type WantedBeside = `${'break' | 'bring-back'} ${string}`;

/** What can be asked for at each step, in the order of the three buttons. Saying something is always possible. */
export const POSSIBLE: Record<Step, readonly Wanted[]> = {
  starting: [],
  talk: ['say-something'],
  break: ['say-something', 'break'],
  broken: ['say-something', 'bring-back'],
  returning: ['say-something'],
  done: ['say-something', 'break'],
  ended: [],
};

export const FIRST: Record<Wanted, string> = {
  'say-something': 'The pretend chat is still coming up. Give it a few seconds.',
  break: 'Say something first, so that there is a conversation to break.',
  'bring-back': 'Nothing is broken. Break the chat first.',
};

/** How much faster practice runs than the real thing. Stated on the page. */
export const PACE = 8;
