import type { ChatAdapter } from '@musterhq/chat-port';

/**
 * What a good look proves. `echo`: the chat takes what we say and tells us what is said. `read-back`: it takes it, and keeps it.
 * `taken`: it says that it takes it. `answered`: it answers.
 */
export type Proof = 'echo' | 'read-back' | 'taken' | 'answered';

/** The most that a look at this chat can prove; null where none can be made. Without a room of our own there it is less. */
export function proofBy(adapter: ChatAdapter): Proof | null {
  if (!adapter.rooms) return null;
  if (!adapter.messages.edit) return 'answered';
  const { echo } = adapter.capabilities();
  if (echo === 'event') return 'echo';
  return echo === 'read-back' && adapter.history ? 'read-back' : 'taken';
}

/** After how a chat is: what of it nobody watches, and what is watched in another way. `proof`: of its last good look. */
export function notWatched({ history }: Pick<ChatAdapter, 'history'>, proof: Proof): string {
  const heard = history
    ? ' What people say there is compared with its history, so that what it does not tell is noticed when somebody speaks.'
    : ' Whether it tells Muster what is said there is not watched: it shows nothing of its past.';
  switch (proof) {
    case 'echo':
      return '';
    case 'read-back':
      return heard;
    case 'taken':
      return ` It shows Muster nothing of what it took, so nobody knows whether that can be read there.${heard}`;
    case 'answered':
      return ` There is no room of Muster’s own to try it in, so whether it takes what is written here is seen by that alone.${heard}`;
  }
}
