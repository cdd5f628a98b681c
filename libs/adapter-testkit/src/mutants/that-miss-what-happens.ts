import type { ChatAdapter, ChatEvent } from '@musterhq/chat-port';
import { type Mutant, withEnvelopes } from './mutant.ts';

/** Wrong about what happens without anybody saying something. */
export const MUTANTS_THAT_MISS_WHAT_HAPPENS: readonly Mutant[] = [
  {
    id: 'cp9-home-unheard',
    rule: 'CP9',
    wrong: 'knows nothing of people who look at their page',
    caught: 'cp9-home-opened',
    because: 'that somebody opened their page with us',
    breaks: (adapter) =>
      withEnvelopes(adapter, (envelope) =>
        envelope.event.type === 'home.opened' ? { ...envelope, event: { type: 'unknown', name: 'home' } } : envelope,
      ),
  },
  {
    id: 'cp9-deaf-to-being-put-out',
    rule: 'CP9',
    wrong: 'does not tell that it was taken out of a room itself',
    caught: 'cp9-put-out',
    because: 'for "left" of room',
    breaks: (adapter) =>
      withEnvelopes(adapter, (e) =>
        e.event.type === 'room' && e.event.change === 'left' ? { ...e, event: { type: 'unknown', name: 'left' } } : e,
      ),
  },
  {
    id: 'cp9-deaf-to-archiving',
    rule: 'CP9',
    wrong: 'does not know what it means that a room is archived',
    caught: 'cp9-rooms',
    because: 'for "archived" of room',
    breaks: (adapter) =>
      withEnvelopes(adapter, (e) =>
        e.event.type === 'room' && e.event.change === 'archived' ? { ...e, event: { type: 'unknown', name: 'archived' } } : e,
      ),
  },
  {
    id: 'cp9-moves-nowhere',
    rule: 'CP9',
    wrong: 'tells that a room has another id, and not which',
    caught: 'cp9-moved',
    because: 'Nobody knows where the room is now',
    breaks: (adapter) =>
      withEnvelopes(adapter, (e) => {
        if (e.event.type !== 'room' || e.event.change !== 'moved') return e;
        const { value: _value, ...event } = e.event;
        return { ...e, event };
      }),
  },
  {
    id: 'cp9-mistakes-made-public',
    rule: 'CP9',
    wrong: 'takes a room that was opened to all for one that was closed',
    caught: 'cp9-made-public',
    because: 'for "made-public" of room',
    breaks: (adapter) => withRoomChange(adapter, 'made-public', 'made-private'),
  },
  {
    id: 'cp9-mistakes-made-private',
    rule: 'CP9',
    wrong: 'takes a room that was closed for one that was opened to all',
    caught: 'cp9-made-private',
    because: 'for "made-private" of room',
    breaks: (adapter) => withRoomChange(adapter, 'made-private', 'made-public'),
  },
  {
    id: 'cp9-mistakes-shared',
    rule: 'CP9',
    wrong: 'takes a room that is shared with another organisation for one that all of its own can read',
    caught: 'cp9-shared',
    because: 'for "shared" of room',
    breaks: (adapter) => withRoomChange(adapter, 'shared', 'made-public'),
  },
  {
    id: 'cp9-misses-in-seconds',
    rule: 'CP9',
    wrong: 'says in seconds when it was that it was not told all',
    caught: 'cp9-missed',
    because: 'Muster would look for it at another time',
    breaks: (adapter) =>
      withEnvelopes(adapter, (e) =>
        e.event.type === 'missed' ? { ...e, event: { ...e.event, from: e.event.from / 1_000, to: e.event.to / 1_000 } } : e,
      ),
  },
];

type RoomChange = Extract<ChatEvent, { type: 'room' }>['change'];

const withRoomChange = (adapter: ChatAdapter, from: RoomChange, to: RoomChange): ChatAdapter =>
  withEnvelopes(adapter, (e) => (e.event.type === 'room' && e.event.change === from ? { ...e, event: { ...e.event, change: to } } : e));
