import { type FileFact, type NamedFile, sizeInWords } from './files.ts';
import type { RoomEvent } from './events.ts';

/** A file that a message of a chat came with, as things are now. */
export type FileOfMessage =
  | { readonly state: 'awaited'; readonly named: NamedFile }
  | { readonly state: 'lost'; readonly named: NamedFile; readonly why: string; readonly href?: string }
  | { readonly state: 'removed'; readonly named: NamedFile }
  | { readonly state: 'kept'; readonly named: NamedFile; readonly fact: FileFact };

/** What stands with the message that it came with, and has no line of its own. */
export const isOfMessage = (event: RoomEvent): boolean =>
  event.type === 'file.lost' || (event.type === 'file.added' && event.data.messageId !== undefined && !HERE.includes(event.via.id));

/** What is added here goes with a message without being named in it. */
const HERE: readonly string[] = ['web', 'api'];

type Lost = Extract<RoomEvent, { type: 'file.lost' }>['data'];

/** By the name that it turned out to have. */
export const lostFile = (named: NamedFile, { name, why, href }: Pick<Lost, 'name' | 'why' | 'href'>): FileOfMessage => ({
  state: 'lost',
  named: { ...named, name },
  why,
  ...(href === undefined ? {} : { href }),
});

/** What there is to say of one that cannot be opened; null of one that can. */
export function absentWords(file: FileOfMessage, chat: string): string | null {
  const { name, size } = file.named;
  switch (file.state) {
    case 'awaited':
      return `${name}${size > 0 ? ` (${sizeInWords(size)})` : ''} is being fetched from ${chat}.`;
    case 'lost':
      return lostWords({ name, why: file.why });
    case 'removed':
      return `${name} was removed.`;
    case 'kept':
      return null;
  }
}

export const lostWords = ({ name, why }: { readonly name: string; readonly why: string }): string => `${name} is not here: ${why}`;
