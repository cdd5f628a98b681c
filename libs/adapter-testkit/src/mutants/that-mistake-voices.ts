import type { Envelope, InMessage } from '@musterhq/chat-port';
import { wordsOf } from '../acts.ts';
import { type Mutant, withBatches, withEnvelopes } from './mutant.ts';

/** Wrong about who said something. */
export const MUTANTS_THAT_MISTAKE_VOICES: readonly Mutant[] = [
  {
    id: 'cp7-takes-itself-for-people',
    rule: 'CP7',
    wrong: 'takes its own posts for a person’s',
    caught: 'cp7-echo',
    because: 'We said this, and the core is told that it was a human',
    breaks: (adapter) =>
      withEnvelopes(adapter, (e) => {
        if (e.event.type !== 'message.created' || e.event.message.origin !== 'self') return e;
        const { key: _key, ...message } = e.event.message;
        return { ...e, event: { ...e.event, message: { ...message, origin: 'human' } } };
      }),
  },
  {
    id: 'cp7-deaf-to-itself',
    rule: 'CP7',
    wrong: 'does not hear itself at all',
    caught: 'cp7-echo',
    because: 'ms for message.created',
    breaks: (adapter) =>
      withBatches(adapter, (batch) => batch.filter((e) => !('message' in e.event && e.event.message?.origin === 'self'))),
  },
  {
    id: 'cp7-edit-loses-key',
    rule: 'CP7',
    wrong: 'loses the key of what it edits',
    caught: 'cp7-edited-key',
    because: 'Our own posts are recognised by their key',
    breaks: (adapter) =>
      withEnvelopes(adapter, (e) => {
        if (e.event.type !== 'message.edited') return e;
        const { key: _key, ...message } = e.event.message;
        return { ...e, event: { ...e.event, message } };
      }),
  },
  {
    id: 'cp7-nameless-apps',
    rule: 'CP7',
    wrong: 'leaves out what people call an app that has no account',
    caught: 'cp7-app-name',
    because: 'it would be called by that',
    breaks: (adapter) =>
      withEnvelopes(adapter, (e) => {
        if (e.event.type !== 'message.created') return e;
        const { authorName: _authorName, ...message } = e.event.message;
        return { ...e, event: { ...e.event, message } };
      }),
  },
  {
    id: 'cp7-obeys-anybody',
    rule: 'CP7',
    wrong: 'takes what begins like a command for one, whoever said it',
    caught: 'cp7-only-people-command',
    because: 'Muster would obey itself, or a program',
    breaks(adapter) {
      let calling = '/';
      return withBatches(adapter, (batch) =>
        batch.flatMap((e) => {
          if (e.event.type === 'command') calling = e.event.prefix ?? calling;
          return saysAsProgram(e, calling) ? [e, commandOf(e, calling)] : [e];
        }),
      );
    },
  },
];

type MessageMade = Envelope & { event: { type: 'message.created'; message: InMessage } };

const saysAsProgram = (e: Envelope, calling: string): e is MessageMade =>
  e.event.type === 'message.created' &&
  (e.event.message.origin === 'self' || e.event.message.origin === 'bot') &&
  wordsOf(e.event.message.content).startsWith(calling);

function commandOf({ event, ...e }: MessageMade, calling: string): Envelope {
  const { ref, author, at, content } = event.message;
  const id = `${e.id}:command`;
  const via = { id, user: author, room: ref.room, on: ref, expiresAt: at, handle: id };
  return { ...e, id, lane: id, event: { type: 'command', name: 'incident', text: wordsOf(content).slice(calling.length), via } };
}
