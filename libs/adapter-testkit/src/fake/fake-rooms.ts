import { type Attempt, type Fault, type Room, type Rooms, done } from '@musterhq/chat-port';
import { type Names, roomRef, userRef } from './decode.ts';
import { ROOM_NAME_CHARS, type RoomEdit, type WireRoom } from './fake-api.ts';
import { attempt } from './fake-outcomes.ts';
import type { FakePlatform } from './fake-platform.ts';

const TRIES = 20;
const GONE: Fault = { code: 'not-found', scope: 'message', detail: 'There is nobody of that name, or no longer' };

export function fakeRooms({ api }: FakePlatform, names: Names): Rooms {
  const roomOf = ({ id, key, name, topic, archived, missing = [] }: WireRoom): Room => ({
    ref: roomRef(names, id),
    name,
    topic,
    archived,
    ...(key !== undefined && { key }),
    ...(missing.length > 0 && { uninvited: missing.map((user) => ({ user: userRef(names, user), fault: GONE })) }),
  });

  return {
    /** The chat keeps the key and finds the room by it, so that twice is once. A name that is taken gets a number. */
    async create({ key, name, private: isPrivate, topic, members }, signal) {
      const wanted = { key, private: isPrivate, ...(topic !== undefined && { topic }), members: members.map((m) => m.user) };
      let made: Attempt<Room> | undefined;
      for (let n = 1; n <= TRIES; n += 1) {
        made = await attempt(signal, () => api.createRoom({ ...wanted, name: allowedName(name, n) }, signal), roomOf);
        if (made.outcome !== 'refused' || made.fault.code !== 'conflict') return made;
      }
      return made as Attempt<Room>;
    },

    async get(room, signal) {
      const got = await attempt<WireRoom, Room | null>(signal, () => api.getRoom(room.room, signal), roomOf);
      return got.outcome === 'refused' && got.fault.code === 'not-found' ? done(null) : got;
    },

    change(room, { invite, remove, pin, unpin, ...to }, signal) {
      const edit: RoomEdit = {
        ...to,
        ...(to.name !== undefined && { name: allowedName(to.name, 1) }),
        ...(invite && { invite: invite.map((u) => u.user) }),
        ...(remove && { remove: remove.map((u) => u.user) }),
        ...(pin && { pin: Number(pin.id) }),
        ...(unpin && { unpin: Number(unpin.id) }),
      };
      return attempt(signal, () => api.changeRoom(room.room, edit, signal), roomOf);
    },
  };
}

/** The chat takes small letters, digits and dashes; the name people gave stays with the core. */
function allowedName(name: string, n: number): string {
  const suffix = n === 1 ? '' : `-${n}`;
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return (plain || 'room').slice(0, ROOM_NAME_CHARS - suffix.length) + suffix;
}
