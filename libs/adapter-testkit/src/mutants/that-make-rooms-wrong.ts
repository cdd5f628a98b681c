import type { ChatAdapter, RoomSpec } from '@musterhq/chat-port';
import { but, type Mutant } from './mutant.ts';

/** Wrong about rooms of our own. */
export const MUTANTS_THAT_MAKE_ROOMS_WRONG: readonly Mutant[] = [
  {
    id: 'cp12-another-room-each-time',
    rule: 'CP12',
    wrong: 'makes another room each time it is asked',
    caught: 'cp12-twice',
    because: 'One key was given two rooms',
    breaks(adapter) {
      let asked = 0;
      return creating(adapter, (spec) => ({ ...spec, key: `${spec.key}-${(asked += 1)}` }));
    },
  },
  {
    id: 'cp12-takes-a-key-for-another',
    rule: 'CP12',
    wrong: 'takes a room whose key begins with the one it looks for',
    caught: 'cp12-keys-alike',
    because: 'An incident would be told in the room of another',
    breaks(adapter) {
      const known: string[] = [];
      return creating(adapter, (spec) => {
        const key = known.find((one) => one.startsWith(spec.key)) ?? spec.key;
        known.push(key);
        return { ...spec, key };
      });
    },
  },
  {
    id: 'cp12-open-to-all',
    rule: 'CP12',
    wrong: 'makes rooms that everybody may enter, whatever was asked for',
    caught: 'cp12-as-asked',
    because: 'What is for a few would be read by everybody',
    breaks: (adapter) => creating(adapter, (spec) => ({ ...spec, private: false })),
  },
  {
    id: 'cp12-brings-nobody',
    rule: 'CP12',
    wrong: 'makes rooms, and brings nobody in',
    caught: 'cp12-as-asked',
    because: 'Whoever was to be in the room is not',
    breaks: (adapter) => creating(adapter, (spec) => ({ ...spec, members: [] })),
  },
];

const creating = (adapter: ChatAdapter, change: (spec: RoomSpec) => RoomSpec): ChatAdapter => {
  const { rooms } = adapter;
  return rooms ? but(adapter, { rooms: but(rooms, { create: (spec, signal) => rooms.create(change(spec), signal) }) }) : adapter;
};
