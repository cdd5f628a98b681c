import assert from 'node:assert/strict';
import type { Room, RoomSpec } from '@musterhq/chat-port';
import { heard, within } from '../acts.ts';
import type { Case, Stage } from '../case.ts';
import { extra, facet, feature, needs } from '../needs.ts';

async function create({ adapter }: Stage, spec: Partial<RoomSpec> & Pick<RoomSpec, 'key'>): Promise<Room> {
  const wanted: RoomSpec = { name: 'checkout is failing', private: false, members: [], ...spec };
  const made = await within(3_000, 'the room', adapter.rooms?.create(wanted, AbortSignal.timeout(1_500)) ?? assert.fail('has no rooms'));
  assert.equal(made.outcome, 'done', `Nothing was wrong, yet the room ended ${JSON.stringify(made)}`);
  return (made as Extract<typeof made, { outcome: 'done' }>).value;
}

const notFor = needs(facet('rooms'), feature('room.create'));

const findsRooms: typeof notFor = ({ capabilities }) =>
  capabilities.features['room.create'] === 'partial' ? 'declares that no room is found by its key' : undefined;

export const roomsByKey: readonly Case[] = [
  {
    id: 'cp12-twice',
    rule: 'CP12',
    title: 'creating a room twice with one key gives one room',
    notFor,
    async run(stage) {
      const first = await create(stage, { key: 'inc-1' });
      const second = await create(stage, { key: 'inc-1' });

      assert.deepEqual(second.ref, first.ref, 'One key was given two rooms');
    },
  },
  {
    id: 'cp12-at-once',
    rule: 'CP12',
    title: 'creating a room twice at the same time with one key gives one room',
    notFor,
    async run(stage) {
      const [first, second] = await Promise.all([create(stage, { key: 'inc-1' }), create(stage, { key: 'inc-1' })]);

      assert.deepEqual(second.ref, first.ref, 'One key was given two rooms');
    },
  },
  {
    id: 'cp12-two-keys',
    rule: 'CP12',
    title: 'two keys give two rooms, also when people call them the same',
    notFor,
    async run(stage) {
      const first = await create(stage, { key: 'inc-1', name: 'checkout' });
      const second = await create(stage, { key: 'inc-2', name: 'checkout' });

      assert.notDeepEqual(second.ref, first.ref, 'Two incidents share one room');
      // Where rooms are known by their names there are no two of one.
      if (stage.adapter.capabilities().limits.roomName)
        assert.notEqual(second.name, first.name, 'The platform has two rooms of one name, or says so');
    },
  },
  {
    id: 'cp12-keys-alike',
    rule: 'CP12',
    title: 'a key that begins like another is another',
    notFor,
    async run(stage) {
      const long = await create(stage, { key: 'inc-10', name: 'checkout' });
      const short = await create(stage, { key: 'inc-1', name: 'checkout' });
      const longer = await create(stage, { key: 'inc-100', name: 'checkout' });

      assert.equal(new Set([long, short, longer].map(({ ref }) => ref.room)).size, 3, 'An incident would be told in the room of another');
    },
  },
  {
    id: 'cp12-as-asked',
    rule: 'CP12',
    title: 'a room that is asked to be private is, and whoever was to be in it is in it or is named',
    notFor: needs(facet('rooms'), feature('room.create'), extra('insideOf')),
    async run(stage) {
      const { author } = (await heard(stage, await stage.room(), 'I declare')).event.message;

      const secret = await create(stage, { key: 'inc-1', private: true, members: [author] });
      const open = await create(stage, { key: 'inc-2' });

      const [inside, beside] = [await stage.insideOf?.(secret.ref), await stage.insideOf?.(open.ref)];
      assert.equal(inside?.isPrivate, true, 'What is for a few would be read by everybody');
      assert.equal(beside?.isPrivate, false, 'Nobody would find the room that everybody may enter');
      const isIn = inside?.members.includes(author.user) || secret.uninvited?.some(({ user }) => user.user === author.user);
      assert.ok(isIn, 'Whoever was to be in the room is not, and nobody is told');
    },
  },
  {
    id: 'cp12-names',
    rule: 'CP12',
    title: 'a name that is illegal or too long is mapped to one that is allowed',
    notFor,
    async run(stage) {
      const { roomName } = stage.adapter.capabilities().limits;
      const names = ['Checkout is FAILING!', 'ünïcödé 障害 🔥', '!!!', 'x'.repeat(500), '  '];
      for (const [n, name] of names.entries()) {
        const made = await create(stage, { key: `inc-${n}`, name });

        if (!roomName) continue;
        assert.ok(made.name.length <= roomName.max, `${made.name} is longer than the ${roomName.max} that are declared`);
        assert.match(made.name, new RegExp(`^[${roomName.allow}]+$`, 'u'), `${made.name} holds what is not declared as allowed`);
      }
    },
  },
  {
    id: 'cp12-lost-answer',
    rule: 'CP12',
    title: 'a room whose answer was lost is found again by its key',
    notFor: needs(facet('rooms'), feature('room.create'), findsRooms),
    async run(stage) {
      stage.fault('room', 'error-after');
      const spec: RoomSpec = { key: 'inc-1', name: 'checkout', private: false, members: [] };
      const lost = await stage.adapter.rooms?.create(spec, AbortSignal.timeout(1_500));

      const found = await create(stage, { key: 'inc-1', name: 'checkout' });
      const again = await create(stage, { key: 'inc-1', name: 'checkout' });

      assert.deepEqual(again.ref, found.ref);
      if (lost?.outcome === 'done') assert.deepEqual(found.ref, lost.value.ref);
    },
  },
  {
    id: 'cp12-unknown-answer',
    rule: 'CP12',
    title: 'a room whose answer was lost, and that is not found by its key, is neither made nor refused',
    notFor: needs(facet('rooms'), feature('room.create'), (declared) => (findsRooms(declared) ? undefined : 'finds rooms by their key')),
    async run(stage) {
      stage.fault('room', 'error-after');
      const spec: RoomSpec = { key: 'inc-1', name: 'checkout', private: false, members: [] };

      const lost = await stage.adapter.rooms?.create(spec, AbortSignal.timeout(1_500));

      assert.equal(lost?.outcome, 'unknown', `Nobody knows whether it is there, and the adapter says ${JSON.stringify(lost)}`);
    },
  },
];
