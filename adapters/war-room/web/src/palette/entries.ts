import type { Act, Around, Entry, Group } from './entries.types.ts';
import { pageKeys } from './keys.ts';
import { matches } from './matches.ts';
import { commandsFor, neededNow, ofRoom } from './room-entries.ts';
import { saidHere } from './said-here.ts';

/** What can be meant by what was written so far, in the order in which it is shown. Pure. */
export function groupsFor(query: string, around: Around, now: number): readonly Group[] {
  const written = query.trimStart();
  const needed = around.room ? neededNow(around.room, now) : [];
  const groups = written.startsWith('/')
    ? [{ name: 'This room', entries: around.room ? commandsFor(written, around) : [] }]
    : [
        { name: 'Needed now', entries: needed },
        { name: 'This room', entries: around.room ? ofRoom(around, needed) : [] },
        { name: 'Going on', entries: goingOn(around) },
        { name: 'Everywhere', entries: everywhere(around) },
      ].map(({ name, entries }) => ({ name, entries: entries.filter(({ says, command = '' }) => matches(query, `${command} ${says}`)) }));
  return [...groups, ...found(written, around)].filter(({ entries }) => entries.length > 0);
}

function found(written: string, { room }: Around): Group[] {
  const words = written.trim();
  if (words === '' || written.startsWith('/')) return [];
  const everywhereElse: Entry = {
    says: `Search all incidents for “${words}”`,
    command: `/find ${words}`,
    act: { is: 'go', to: `/?q=${encodeURIComponent(words)}` },
  };
  return [
    {
      name: 'Said here',
      entries: room === null ? [] : saidHere(room, words).map(({ seq, says }) => ({ says, act: { is: 'go', to: `#m${seq}` } })),
    },
    { name: 'Search', entries: [everywhereElse] },
  ];
}

const goingOn = ({ open, room }: Around): Entry[] =>
  open
    .filter(({ id }) => id !== room?.incident.id)
    .map(({ number, title, severity }) => ({ says: `${number} ${title}`, then: severity, act: { is: 'go', to: `/i/${number}` } }));

function everywhere({ mayDeclare }: Around): Entry[] {
  const entry = ([key, says]: readonly [string, string], act: Act, command?: string): Entry => ({
    says,
    key,
    act,
    ...(command !== undefined && { command }),
  });
  return [
    ...(mayDeclare ? [entry(pageKeys.declare, { is: 'open', dialog: 'declare' }, '/declare')] : []),
    entry(pageKeys.home, { is: 'go', to: '/' }, '/what-goes-on'),
    entry(pageKeys.times, { is: 'times' }),
    entry(pageKeys.help, { is: 'open', dialog: 'help' }, '/help'),
    { says: 'Settings for everybody', act: { is: 'leave', to: '/settings' } },
    { says: 'Rehearse the outage of a chat', command: '/drill', act: { is: 'leave', to: '/drill' } },
    { says: 'Practise alone, with pretend chats', act: { is: 'leave', to: '/practice' } },
  ];
}
