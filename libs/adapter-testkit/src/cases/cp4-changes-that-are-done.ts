import assert from 'node:assert/strict';
import type { RoomRef } from '@musterhq/chat-port';
import { heard, isAboutDeletion, post, sendOf } from '../acts.ts';
import type { Case, Stage } from '../case.ts';
import { facet, feature, needs, stunt } from '../needs.ts';

const shown = async (stage: Stage, room: RoomRef): Promise<string[]> =>
  (await stage.observed(room)).filter(({ author }) => author === 'us').map(({ text }) => text);

/** What is changed and taken away, seen as people see it. */
export const changesThatAreDone: readonly Case[] = [
  {
    id: 'cp4-edit-shown',
    rule: 'CP4',
    title: 'an edit that is done is what people read then, in that message and in no other',
    notFor: needs(facet('edit')),
    async run(stage) {
      const room = await stage.room();
      await post(stage, room, 'key-1', 'before');
      const { message } = await post(stage, room, 'key-2', 'status: investigating');
      await post(stage, room, 'key-3', 'after');
      const { part } = sendOf(stage, room, 'key-4', 'status: resolved');

      const edited = await stage.adapter.messages.edit?.(message, { key: 'key-4', part }, AbortSignal.timeout(1_500));

      assert.equal(edited?.outcome, 'done', `Nothing was wrong, yet the edit ended ${JSON.stringify(edited)}`);
      assert.deepEqual(await shown(stage, room), ['before', 'status: resolved', 'after'], 'It was done, and people read something else');
    },
  },
  {
    id: 'cp4-removed-shown',
    rule: 'CP4',
    title: 'a message that was taken away is not there, and every other is',
    notFor: needs(facet('remove')),
    async run(stage) {
      const room = await stage.room();
      await post(stage, room, 'key-1', 'before');
      const { message } = await post(stage, room, 'key-2', 'not for everybody');
      await post(stage, room, 'key-3', 'after');

      const removed = await stage.adapter.messages.remove?.(message, AbortSignal.timeout(1_500));

      assert.equal(removed?.outcome, 'done', `Nothing was wrong, yet it ended ${JSON.stringify(removed)}`);
      assert.deepEqual(await shown(stage, room), ['before', 'after'], 'It was done, and something else is in the room');
    },
  },
  {
    id: 'cp4-deletion-lane',
    rule: 'CP4',
    title: 'that a message was deleted does not overtake the message',
    notFor: needs(feature('event.delete'), stunt('remove')),
    async run(stage) {
      const { lane, event } = await heard(stage, await stage.room(), 'a mistake');
      const message = event.message.ref;

      await stage.inject({ do: 'remove', message });

      const deleted = stage.inlet.admitted.find(isAboutDeletion(message));
      // That it is told at all is CP9's.
      if (deleted) assert.equal(deleted.lane, lane, 'Handled before its message, the deletion would delete nothing');
    },
  },
];
