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

export const leftWords = ({ person }: Pick<Joined, 'person'>, by: Person | null): string =>
  by === null || by.id === person.id ? `${person.name} left` : `${person.name} was sent out by ${by.name}`;
