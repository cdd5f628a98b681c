/** The reactions that are offered first, by the short names that chats know them by. Any other short name will do too. */
export const reactions: readonly { readonly name: string; readonly sign: string; readonly says: string }[] = [
  { name: '+1', sign: '👍', says: 'Agreed' },
  { name: 'eyes', sign: '👀', says: 'Looking at it' },
  { name: 'white_check_mark', sign: '✅', says: 'Done' },
  { name: 'x', sign: '❌', says: 'No' },
  { name: 'warning', sign: '⚠️', says: 'Careful' },
  { name: 'fire', sign: '🔥', says: 'On fire' },
  { name: 'pray', sign: '🙏', says: 'Thank you' },
  { name: 'tada', sign: '🎉', says: 'Hooray' },
  { name: 'heart', sign: '❤️', says: 'Love' },
  { name: '-1', sign: '👎', says: 'Disagreed' },
];

/** A short name as people see it: the sign where we know it. */
export const reactionSign = (name: string): string => reactions.find((reaction) => reaction.name === name)?.sign ?? `:${name}:`;
