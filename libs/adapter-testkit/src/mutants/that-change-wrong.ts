import { type MessageRef, type Part, refused } from '@musterhq/chat-port';
import { type Mutant, withMessages } from './mutant.ts';

/** Wrong about changing what was said. */
export const MUTANTS_THAT_CHANGE_WRONG: readonly Mutant[] = [
  {
    id: 'cp4-edits-other-words',
    rule: 'CP4',
    wrong: 'says that it has edited, and leaves what stood there',
    caught: 'cp4-edit-shown',
    because: 'people read something else',
    breaks(adapter) {
      const said = new Map<string, Part>();
      return withMessages(adapter, (own) => ({
        async send(send, signal) {
          const sent = await own.send(send, signal);
          if (sent.outcome === 'done') said.set(placeOf(sent.value.message), send.part);
          return sent;
        },
        edit: (message, send, signal) =>
          own.edit?.(message, { ...send, part: said.get(placeOf(message)) ?? send.part }, signal) ??
          Promise.resolve(refused({ code: 'unsupported', scope: 'adapter' })),
      }));
    },
  },
  {
    id: 'cp4-removes-another',
    rule: 'CP4',
    wrong: 'takes away the first message of ours in the room, whichever was meant',
    caught: 'cp4-removed-shown',
    because: 'something else is in the room',
    breaks(adapter) {
      const first = new Map<string, MessageRef>();
      return withMessages(adapter, (own) => ({
        async send(send, signal) {
          const sent = await own.send(send, signal);
          if (sent.outcome === 'done' && !first.has(send.room.room)) first.set(send.room.room, sent.value.message);
          return sent;
        },
        remove: (message, signal) =>
          own.remove?.(first.get(message.room.room) ?? message, signal) ??
          Promise.resolve(refused({ code: 'unsupported', scope: 'adapter' })),
      }));
    },
  },
  {
    id: 'cp5-edits-again',
    rule: 'CP5',
    wrong: 'changes a message again by itself when the connection was lost',
    caught: 'cp5-edit',
    because: 'The core decides about another attempt',
    breaks: (adapter) =>
      withMessages(adapter, (own) => ({
        async edit(message, send, signal) {
          const edited = await own.edit?.(message, send, signal);
          const again = edited?.outcome === 'unknown' && !signal.aborted;
          return (again ? own.edit?.(message, send, signal) : edited) ?? refused({ code: 'unsupported', scope: 'adapter' });
        },
      })),
  },
  {
    id: 'cp6-edits-for-ever',
    rule: 'CP6',
    wrong: 'waits for the answer to an edit for ever',
    caught: 'cp6-edit',
    because: 'for the call to end by its signal',
    breaks: (adapter) =>
      withMessages(adapter, (own) => ({
        edit: (message, send) =>
          own.edit?.(message, send, new AbortController().signal) ?? Promise.resolve(refused({ code: 'unsupported', scope: 'adapter' })),
      })),
  },
];

const placeOf = ({ room, id }: MessageRef): string => `${room.room}:${id}`;
