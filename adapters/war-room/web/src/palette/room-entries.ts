import { mostNeeded } from '#libs/war-room-protocol/most-needed';
import { type CategoryName, isOpenCategory } from '#libs/war-room-protocol/vocabulary';
import { isSlashCommand } from '../room/composer/is-slash-command.ts';
import { argumentsOf, type SlashCommand, slashCommands, suggestionsFor } from '../room/composer/slash-commands.ts';
import { roomNow } from '../store/room-now.ts';
import type { RoomState } from '../store/room-state.ts';
import { dialogOf } from './dialog-of.ts';
import type { Around, Entry } from './entries.types.ts';
import { roomKeys } from './keys.ts';

export function neededNow(room: RoomState, now: number): Entry[] {
  return mostNeeded(roomNow(room), now).map(({ words, label, asks }) => {
    const word = `/${words.split(' ')[0]}`;
    const change = asks ? dialogOf(word, room) : undefined;
    return {
      says: label,
      command: `/${words}`,
      ...keyOf(word),
      act: change === undefined ? { is: 'write', words: `/${words}` } : { is: 'change', change },
    };
  });
}

export function ofRoom({ room, may }: Around, needed: readonly Entry[]): Entry[] {
  const [write, read] = [roomKeys.write, roomKeys.read];
  const isHere = ({ word, needs }: SlashCommand): boolean =>
    word !== '/help' &&
    (needs === undefined || may(needs)) &&
    mayBeMeant(word, room!.incident.category) &&
    !needed.some(({ command }) => command === word);
  return [
    { says: write[1], key: write[0], act: { is: 'message-box' } },
    ...slashCommands.filter(isHere).map((one) => asEntry(one, room)),
    { says: read[1], key: read[0], act: { is: 'messages' } },
  ];
}

/** What would only be refused is not shown. Whoever writes it is told why not. */
function mayBeMeant(word: string, category: CategoryName): boolean {
  if (word === '/reopen') return !isOpenCategory(category);
  if (word === '/accept' || word === '/decline') return category === 'triage';
  return true;
}

const keyOf = (word: string): { readonly key?: string } =>
  word === '/severity' ? { key: roomKeys.severity[0] } : word === '/update' ? { key: roomKeys.update[0] } : {};

function asEntry({ word, then, says }: SlashCommand, room: RoomState | null): Entry {
  const change = room === null ? undefined : dialogOf(word, room);
  return {
    says,
    command: word,
    then,
    ...keyOf(word),
    act: change === undefined ? { is: 'write', words: then === '' ? word : `${word} ` } : { is: 'change', change },
  };
}

/** What begins with a slash is written as in the message box, and is done from here. */
export function commandsFor(written: string, { room, may }: Around): Entry[] {
  const text = written.trimEnd();
  const known = slashCommands.find(({ word }) => word === text.split(/\s/)[0]?.toLowerCase());
  if (known === undefined || !isSlashCommand(text)) return suggestionsFor(written, may).map((one) => asEntry(one, room));
  const send: Entry = { says: `Do it: ${known.says.toLowerCase()}`, command: text, act: { is: 'send', text } };
  const asks = text.includes(' ') ? undefined : argumentsOf(written);
  if (asks === undefined) return [send];
  return dialogOf(known.word, room!) === undefined
    ? [{ ...send, then: known.then }]
    : [asEntry(known, room), { ...send, says: 'Write it alone' }];
}
