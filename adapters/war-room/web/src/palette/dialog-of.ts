import type { RoomState } from '../store/room-state.ts';

const dialogs: Readonly<Record<string, string>> = {
  '/severity': 'severity',
  '/update': 'update',
  '/lead': 'role:lead',
  '/add': 'people',
  '/remove': 'people',
  '/rename': 'about',
  '/summary': 'about',
  '/kind': 'about',
};

const whileItGoesOn: Readonly<Record<string, string>> = { '/status': 'status', '/resolve': 'resolve' };
const inTriage: Readonly<Record<string, string>> = { '/accept': 'triage', '/decline': 'triage', '/merge': 'triage' };

/** The dialog of the room that asks for the same as a command; undefined where the command is written. */
export function dialogOf(word: string, { incident }: RoomState): string | undefined {
  if (incident.category === 'triage') return dialogs[word] ?? inTriage[word];
  return dialogs[word] ?? (incident.endedAt === null ? whileItGoesOn[word] : undefined);
}
