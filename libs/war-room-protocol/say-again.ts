import type { Person } from './vocabulary.ts';

interface Asked {
  readonly surfaces: readonly { readonly name: string }[];
  readonly count: number;
}

/** "2 messages", and in which chats. */
export const messagesIn = ({ count, surfaces }: Asked): readonly [messages: string, chats: string] => [
  count === 1 ? '1 message' : `${count} messages`,
  surfaces.map(({ name }) => name).join(' and '),
];

/** Begins with the name of whoever asked. */
export function sayAgainWords(asked: Asked, by: Person | null): string {
  const [messages, chats] = messagesIn(asked);
  return `${by?.name ?? 'Muster'} asked to say ${messages} again in ${chats}`;
}
