import assert from 'node:assert/strict';
import type { Envelope, MessageRef, Page, RoomRef, UserRef } from '@musterhq/chat-port';
import { envelopeOf, messageOf, soon } from '../acts.ts';
import type { Case, Stage } from '../case.ts';
import { facet, feature, needs, stunt } from '../needs.ts';

async function firstPage({ adapter }: Stage, room: RoomRef): Promise<Page> {
  const read = await adapter.history?.page({ room, limit: 10 }, soon());
  assert.ok(read?.outcome === 'done', `A page of history could not be read: ${JSON.stringify(read)}`);
  return read.value;
}

async function says(stage: Stage, room: RoomRef, text: string, by: string): Promise<{ ref: MessageRef; author: UserRef }> {
  const said = messageOf(await stage.inject({ do: 'say', room, text, by }));
  const { ref, author } = (await envelopeOf(stage, said)).event.message;
  return { ref, author };
}

const namesIn = (users: readonly (UserRef | undefined)[]): string[] => users.map((user) => `${user?.tenant}/${user?.user}`).sort();

/** What people set on messages, as history has it. */
export const historyHasMarks: readonly Case[] = [
  {
    id: 'cp13-state',
    rule: 'CP13',
    title: 'reactions come from history as a state, by message',
    notFor: needs(facet('history'), feature('event.react'), stunt('react')),
    async run(stage) {
      const room = await stage.room();
      const message = messageOf(await stage.inject({ do: 'say', room, text: 'look at this' }));
      await stage.inject({ do: 'react', message, emoji: 'eyes' });

      const { state, envelopes } = await firstPage(stage, room);

      assert.ok((state?.reactions[message.id]?.length ?? 0) > 0, 'The reaction that nobody told us of would never be seen');
      const told = envelopes.filter(({ event }: Envelope) => event.type === 'reaction').map(({ id }) => id);
      assert.deepEqual(told, [], 'History cannot know when a reaction was given, so it is no event');
    },
  },
  {
    id: 'cp13-who-reacts',
    rule: 'CP13',
    title: 'history tells who reacts to a message now, without those who took it back and without us',
    notFor: needs(facet('history'), feature('history.react'), stunt('react')),
    async run(stage) {
      const room = await stage.room();
      const { ref, author: mia } = await says(stage, room, 'look at this', 'mia');
      const { ref: plain, author: bo } = await says(stage, room, 'nobody minds this', 'bo');
      for (const by of ['mia', 'bo']) await stage.inject({ do: 'react', message: ref, emoji: 'eyes', by });
      for (const added of [true, false]) await stage.inject({ do: 'react', message: plain, emoji: 'eyes', by: 'mia', added });
      await stage.adapter.messages.react?.(ref, 'eyes', true, soon());

      const { state } = await firstPage(stage, room);

      const [eyes, ...others] = state?.reactedBy?.[ref.id] ?? [];
      assert.equal(eyes?.emoji, 'eyes', 'The reactions that nobody told us of would never be seen');
      assert.deepEqual(others, [], 'There is one reaction, given by several');
      assert.deepEqual(namesIn(eyes.users), namesIn([mia, bo]), 'The core takes whoever is not named for one who took it back');
      assert.deepEqual(state?.reactedBy?.[plain.id] ?? [], [], 'A reaction that was taken back would come back');
    },
  },
  {
    id: 'cp13-pins',
    rule: 'CP13',
    title: 'history tells all that is pinned in the room now, and nothing else',
    notFor: needs(facet('history'), facet('pins'), stunt('pin')),
    async run(stage) {
      const room = await stage.room();
      const said = [];
      for (const text of ['evidence', 'more evidence', 'none after all']) said.push(await says(stage, room, text, 'bo'));
      const [one, two, none] = said;
      assert.ok(one && two && none);
      for (const { ref } of said) await stage.inject({ do: 'pin', message: ref, by: 'bo' });
      await stage.inject({ do: 'pin', message: none.ref, by: 'bo', added: false });

      const read = await stage.adapter.history?.pins?.(room, soon());

      assert.ok(read?.outcome === 'done', `What is pinned could not be read: ${JSON.stringify(read)}`);
      const pinned = read.value.map(({ message }) => message.id);
      assert.deepEqual(pinned.sort(), [one.ref.id, two.ref.id].sort(), 'The core takes what is not there for unpinned');
      const who = read.value.flatMap(({ by }) => (by ? [by] : []));
      assert.ok(
        who.length === 0 || namesIn(who).join() === namesIn([one.author, two.author]).join(),
        'Somebody else is said to have pinned it',
      );
    },
  },
];
