import type { Person } from './vocabulary.ts';

interface Joined {
  readonly person: Person;
  readonly observer?: boolean | undefined;
}

export function joinedWords({ person, observer }: Joined, by: Person | null): string {
  const did = observer ? 'watches' : 'joined';
  return by === null || by.id === person.id
    ? `${person.name} ${did}`
    : `${person.name} was added by ${by.name}${observer ? ', to watch' : ''}`;
}

interface TeamAdded {
  readonly team: string;
  readonly people: readonly Person[];
  readonly observer?: boolean | undefined;
}

/** Begins with the team's name. */
export const teamAddedWords = ({ team, people, observer }: TeamAdded, by: Person | null): string =>
  `${team} was added${by === null ? '' : ` by ${by.name}`}${observer ? ', to watch' : ''}: ${people.map(({ name }) => name).join(', ')}`;

export const leftWords = ({ person }: Pick<Joined, 'person'>, by: Person | null): string =>
  by === null || by.id === person.id ? `${person.name} left` : `${person.name} was sent out by ${by.name}`;

interface AccountsJoined {
  readonly person: Person;
  readonly one: Person;
  readonly on: boolean;
}

export function accountsJoinedWords({ person, one, on }: AccountsJoined, by: Person | null): string {
  const who = by === null ? '' : `: ${by.name} says so`;
  if (!on) return `${person.name} and ${one.name} are two people${who}. Each sees this only where they take part themselves.`;
  return person.name === one.name
    ? `${person.name} sees this by another account of theirs as well${who}.`
    : `${person.name} and ${one.name} are one person${who}. Both accounts see this.`;
}

interface Stuck {
  readonly person: Person;
  readonly wanted: 'in' | 'out';
  readonly name: string;
  readonly surface: { readonly name: string };
}

/** What the chat would not do, and what is left to do. */
export const stuckWords = ({ person, wanted, name, surface }: Stuck): string =>
  wanted === 'out'
    ? `${person.name} could not be removed from ${name} in ${surface.name} and still reads there: remove them there by hand.`
    : `${person.name} could not be added to ${name} in ${surface.name}: add them there by hand.`;
