import type { Needed } from '#libs/war-room-protocol/most-needed';
import { nearest } from '#libs/words/nearest';
import type { ForOthers } from '../../store/may-here.ts';

export interface SlashCommand {
  readonly word: string;
  readonly then: string;
  readonly says: string;
  /** What the whole message becomes, where the word is not all of it. */
  readonly whole?: string;
  /** Suggested to those only who may. */
  readonly needs?: ForOthers;
}

/** The same words as in the chats. The server does what they say; here they are only suggested. */
export const slashCommands: readonly SlashCommand[] = [
  { word: '/severity', then: 'sev1, sev2 or sev3, then why', says: 'Change how bad it is' },
  { word: '/status', then: 'investigating, identified, fixing or monitoring', says: 'Say where it stands' },
  { word: '/reopen', then: '', says: 'Go on with what was thought to be over' },
  { word: '/update', then: 'where it stands', says: 'Share an update' },
  { word: '/snooze', then: 'how many minutes', says: 'Put off what Muster asks for' },
  { word: '/skip', then: '', says: 'Let it pass this time' },
  { word: '/lead', then: 'me, a name or nobody', says: 'Take or hand over the lead' },
  { word: '/role', then: 'comms, ops or scribe, then me, a name or nobody', says: 'Take or hand over another role' },
  { word: '/roles', then: '', says: 'Who has which role' },
  { word: '/join', then: '', says: 'Take part' },
  { word: '/leave', then: '', says: 'Take no part any more' },
  { word: '/add', then: 'a name or a team', says: 'Let somebody in, or a whole team', needs: 'participant.add' },
  { word: '/remove', then: 'a name', says: 'Send somebody out', needs: 'participant.add' },
  { word: '/rename', then: 'what is broken', says: 'Give it a better title' },
  { word: '/kind', then: 'standard, near-miss, planned, retrospective or test', says: 'Say what sort of thing it is' },
  { word: '/summary', then: 'what is known', says: 'Say what is known, for those who come late' },
  { word: '/timeline', then: '14:05 what happened then (UTC)', says: 'Put something on the timeline' },
  { word: '/announce', then: '', says: 'Announce it in the rooms chosen for that' },
  { word: '/say-again', then: '', says: 'Say again what a chat did not take' },
  { word: '/resolve', then: 'what will not happen again', says: 'End the incident' },
  { word: '/accept', then: '', says: 'It is an incident: begin', needs: 'incident.triage' },
  { word: '/decline', then: 'why', says: 'It is no incident', needs: 'incident.triage' },
  { word: '/merge', then: 'the number of the other', says: 'It is the same as another', needs: 'incident.triage' },
  { word: '/make-private', then: '', says: 'Only those who take part see it', needs: 'incident.privacy' },
  { word: '/make-public', then: '', says: 'Everybody in the organisation sees it', needs: 'incident.privacy' },
  { word: '/what-now', then: '', says: 'What is most likely needed now' },
  { word: '/help', then: '', says: 'What you can write here' },
];

/** The command that is being written, when more belongs to it. */
export function argumentsOf(draft: string): SlashCommand | undefined {
  const typed = /^\/[a-z-]+(?=\s|$)/i.exec(draft)?.[0].toLowerCase();
  return slashCommands.find(({ word, then }) => word === typed && then !== '');
}

const asCommand = ({ words, label }: Needed): SlashCommand[] => {
  const [first = '', ...rest] = words.split(' ');
  const known = slashCommands.find(({ word }) => word === `/${first}`);
  const value = rest.join(' ');
  return known
    ? [{ ...known, says: `Now: ${label.charAt(0).toLowerCase()}${label.slice(1)}`, ...(value && { then: value, whole: `/${words}` }) }]
    : [];
};

/** Shorter ones are slips of too many. */
const LONG_ENOUGH = 4;

/**
 * What could be meant while the first word is typed: what begins so, or else what it is a slip or two away from. With the slash
 * alone, what is most likely needed now comes first.
 */
export function suggestionsFor(
  draft: string,
  may: (action: ForOthers) => boolean,
  needed: readonly Needed[] = [],
): readonly SlashCommand[] {
  if (!/^\/[a-z-]*$/i.test(draft)) return [];
  const begun = draft.toLowerCase();
  const offered = slashCommands.filter(({ needs }) => needs === undefined || may(needs));
  if (begun === '/')
    return [...needed.flatMap(asCommand), ...offered.filter(({ word }) => !needed.some(({ words }) => word === `/${words}`))];
  if (offered.some(({ word }) => word.startsWith(begun))) return offered.filter(({ word }) => word.startsWith(begun) && word !== begun);
  if (begun.length <= LONG_ENOUGH) return [];
  const meant = nearest(
    begun.slice(1),
    offered.map(({ word }) => word.slice(1)),
  );
  return meant.flatMap((name) => offered.filter(({ word }) => word === `/${name}`)).slice(0, 3);
}
