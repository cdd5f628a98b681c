export interface SlashCommand {
  readonly word: string;
  readonly then: string;
  readonly says: string;
}

/** The same words as in the chats. The server does what they say; here they are only suggested. */
export const slashCommands: readonly SlashCommand[] = [
  { word: '/severity', then: 'sev1 | sev2 | sev3', says: 'Change how bad it is' },
  { word: '/status', then: 'investigating | identified | fixing | monitoring', says: 'Say where it stands' },
  { word: '/lead', then: 'me', says: 'Take or hand over the lead' },
  { word: '/resolve', then: 'what will not happen again', says: 'End the incident' },
  { word: '/make-private', then: '', says: 'Show it to those who take part only' },
  { word: '/make-public', then: '', says: 'Show it to everybody again' },
  { word: '/help', then: '', says: 'What you can write here' },
];

/** A path or a date that begins with a slash is something to say, not something to do. */
export function isSlashCommand(text: string): boolean {
  return /^\/[a-z]+(-[a-z]+)*(\s|$)/i.test(text);
}

/** What could be meant while the first word is typed. */
export function suggestionsFor(draft: string): readonly SlashCommand[] {
  if (!/^\/[a-z-]*$/i.test(draft)) return [];
  return slashCommands.filter(({ word }) => word.startsWith(draft.toLowerCase()) && word !== draft.toLowerCase());
}
