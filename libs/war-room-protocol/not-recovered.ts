/** What no history of a chat tells, said in the summary of what was missed: nobody can know whether there was any. */
export const notRecovered = (chat: string): string =>
  `A command, button, reaction or pin used in ${chat} meanwhile may not have arrived: do it again.`;
