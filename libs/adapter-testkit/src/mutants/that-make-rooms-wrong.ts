import type { Attempt, ChatAdapter, People, RoomRef, RoomSpec, UserRef } from '@musterhq/chat-port';
import { but, type Mutant } from './mutant.ts';

/** Wrong about rooms of our own. */
export const MUTANTS_THAT_MAKE_ROOMS_WRONG: readonly Mutant[] = [
  {
    id: 'cp9-tells-the-first',
    rule: 'CP9',
    wrong: 'reaches everybody where it reached the first',
    caught: 'cp9-direct-alone',
    because: 'What is for one is read by another',
    changes: 'where `people.direct` leads',
    breaks(adapter) {
      let first: Promise<Attempt<RoomRef>> | undefined;
      return reaching(adapter, (own) => (user, signal) => (first ??= own(user, signal)));
    },
  },
  {
    id: 'cp9-another-place-each-time',
    rule: 'CP9',
    wrong: 'reaches somebody in another place each time',
    caught: 'cp9-direct-again',
    because: 'They would read it in two places',
    changes: 'where `people.direct` leads',
    breaks(adapter) {
      const asked = new Set<string>();
      return reaching(adapter, (own) => async (user, signal) => {
        const there = await own(user, signal);
        if (there.outcome !== 'done' || !asked.has(user.user)) {
          asked.add(user.user);
          return there;
        }
        return { ...there, value: { ...there.value, room: `${there.value.room}-again` } };
      });
    },
  },
  {
    id: 'cp9-tells-somebody-else',
    rule: 'CP9',
    wrong: 'reaches somebody else where it does not find who is meant',
    caught: 'cp9-direct-nobody',
    because: 'Muster believes that somebody was told',
    changes: 'where `people.direct` leads',
    isOfTheFake: true,
    breaks(adapter) {
      let last: Attempt<RoomRef> | undefined;
      return reaching(adapter, (own) => async (user, signal) => {
        const there = await own(user, signal);
        if (there.outcome === 'done') last = there;
        return last ?? there;
      });
    },
  },
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

type Reach = (user: UserRef, signal: AbortSignal) => Promise<Attempt<RoomRef>>;

function reaching(adapter: ChatAdapter, how: (own: Reach) => Reach): ChatAdapter {
  const { people } = adapter;
  if (!people?.direct) return adapter;
  return but(adapter, { people: but<People>(people, { direct: how((user, signal) => people.direct?.(user, signal) ?? never()) }) });
}

const never = (): never => {
  throw new Error('nobody can be reached directly');
};
