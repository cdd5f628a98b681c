import assert from 'node:assert/strict';
import type { ChatEvent, RoomRef } from '@musterhq/chat-port';
import { heard, isAboutDeletion, sameRoom } from '../acts.ts';
import type { Case, Stage } from '../case.ts';
import type { Injected, RareAct } from '../harness.ts';
import { feature, needs, rare, stunt } from '../needs.ts';

/** Not yet in the room. */
const SOMEBODY = 'nora';

async function changeHeard(stage: Stage, room: RoomRef, act: Injected, type: 'member' | 'room', change: string): Promise<ChatEvent> {
  const { deliveries } = await stage.inject(act);
  const isIt = (event: ChatEvent): boolean => event.type === type && event.change === change && sameRoom(event.room, room);
  const told = stage.inlet.offered.filter(({ event }) => event.type !== 'message.created').map(({ event }) => nameOf(event));
  const { event } = await stage.inlet.until(
    (e) => isIt(e.event),
    `"${change}" of ${type} (what was told: ${told.join(', ') || 'nothing'})`,
  );
  assert.equal(deliveries[0]?.acknowledged, true, 'The platform would tell it again');
  return event;
}

const nameOf = (event: ChatEvent): string => ('change' in event ? `"${event.change}" of ${event.type}` : event.type);

const AUDIENCES = [
  ['make-public', 'made-public', 'everybody can read a room from now on'],
  ['make-private', 'made-private', 'only those who are in a room can read it from now on'],
  ['share', 'shared', 'another organisation can read a room from now on'],
] as const satisfies readonly (readonly [RareAct['do'], string, string])[];

/** What no message says: who is in a room, and what becomes of it. */
export const roomsAndWhoIsInThem: readonly Case[] = [
  {
    id: 'cp9-deletions',
    rule: 'CP9',
    title: 'what a person deletes is heard as deleted, where that is declared',
    notFor: needs(feature('event.delete'), stunt('remove')),
    async run(stage) {
      const room = await stage.room();
      const message = (await heard(stage, room, 'the password is hunter2')).event.message.ref;
      await heard(stage, room, 'oh no');

      const { deliveries } = await stage.inject({ do: 'remove', message });

      await stage.inlet.until(isAboutDeletion(message), `that ${message.id} was deleted, which Muster would show for ever,`);
      assert.equal(deliveries[0]?.acknowledged, true, 'The platform would tell it again');
    },
  },
  {
    id: 'cp9-members',
    rule: 'CP9',
    title: 'who joins a room and who leaves it is heard, where that is declared',
    notFor: needs(feature('event.member'), stunt('join', 'leave')),
    async run(stage) {
      const room = await stage.room();

      const joined = await changeHeard(stage, room, { do: 'join', room, by: SOMEBODY }, 'member', 'joined');
      const left = await changeHeard(stage, room, { do: 'leave', room, by: SOMEBODY }, 'member', 'left');

      assert.ok(joined.type === 'member' && left.type === 'member');
      assert.deepEqual(joined.user, left.user, 'The one who left is the one who had joined');
    },
  },
  {
    id: 'cp9-put-out',
    rule: 'CP9',
    title: 'that the adapter itself was taken out of a room is heard, where it is declared who is in one',
    notFor: needs(feature('event.member'), stunt('put-out')),
    async run(stage) {
      const room = await stage.room();

      await changeHeard(stage, room, { do: 'put-out', room, by: SOMEBODY }, 'room', 'left');
    },
  },
  {
    id: 'cp9-rooms',
    rule: 'CP9',
    title: 'a room’s new name, and that it is archived, is heard, where that is declared',
    notFor: needs(feature('event.room'), stunt('rename', 'archive')),
    async run(stage) {
      const room = await stage.room();

      const renamed = await changeHeard(stage, room, { do: 'rename', room, name: 'another-name' }, 'room', 'renamed');
      await changeHeard(stage, room, { do: 'archive', room }, 'room', 'archived');

      assert.ok(renamed.type === 'room' && renamed.value === 'another-name', 'The new name is what people see from now on');
    },
  },
  {
    id: 'cp9-moved',
    rule: 'CP9',
    title: 'that a room has another id is heard, with that id, under which people are heard there',
    notFor: needs(feature('event.room'), rare('move')),
    async run(stage) {
      const room = await stage.room();

      const moved = await changeHeard(stage, room, { do: 'move', room }, 'room', 'moved');

      assert.ok(moved.type === 'room' && moved.value && moved.value !== room.room, 'Nobody knows where the room is now');
      const { message } = (await heard(stage, { ...room, room: moved.value }, 'here we are')).event;
      assert.equal(message.ref.room.room, moved.value);
    },
  },
  ...AUDIENCES.map(([act, change, title]): Case => ({
    id: `cp9-${change}`,
    rule: 'CP9',
    title: `that ${title} is heard, where it is declared what becomes of rooms`,
    notFor: needs(feature('event.room'), rare(act)),
    async run(stage) {
      const room = await stage.room();

      await changeHeard(stage, room, { do: act, room }, 'room', change);
    },
  })),
];
