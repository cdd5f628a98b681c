import assert from 'node:assert/strict';
import type { MessageRef } from '@musterhq/chat-port';
import { heard, post, wordsAdmitted } from '../acts.ts';
import type { Case, Stage } from '../case.ts';
import { eventually } from '../eventually.ts';
import { needs, stunt, threads } from '../needs.ts';

const WORDS = ['one', 'two', 'three', 'four', 'five'];

async function shown(stage: Stage, room: MessageRef['room'], thread?: string): Promise<string[]> {
  return (await stage.observed(room)).filter((m) => m.author === 'us' && m.thread === thread).map((m) => m.text);
}

export const inOrder: readonly Case[] = [
  {
    id: 'cp4-sends',
    rule: 'CP4',
    title: 'what is said to a room appears in the order it was said, each when its send is done',
    async run(stage) {
      const room = await stage.room();

      for (const [n, words] of WORDS.entries()) {
        await post(stage, room, `order-${n}`, words);

        assert.deepEqual(await shown(stage, room), WORDS.slice(0, n + 1), 'A send is done when people can see it, after those before it');
      }
    },
  },
  {
    id: 'cp4-sends-thread',
    rule: 'CP4',
    title: 'what is said to a thread appears in the order it was said',
    notFor: needs(threads),
    async run(stage) {
      const room = await stage.room();
      const { id } = (await heard(stage, room, 'the root')).event.message.ref;

      for (const [n, words] of WORDS.entries()) await post(stage, room, `order-${n}`, words, id);

      assert.deepEqual(await shown(stage, room, id), WORDS);
    },
  },
  {
    id: 'cp4-quick-thread',
    rule: 'CP4',
    title: 'three quick messages in a thread are all admitted, in their order',
    notFor: needs(threads),
    async run(stage) {
      const room = await stage.room();
      const thread = (await heard(stage, room, 'the root')).event.message.ref;

      await Promise.all(['one', 'two', 'three'].map((text) => stage.inject({ do: 'say', room, text, thread })));

      await eventually('four messages to be admitted', () => wordsAdmitted(stage, room).length >= 4);
      assert.deepEqual(wordsAdmitted(stage, room), ['the root', 'one', 'two', 'three']);
    },
  },
  {
    id: 'cp4-link-then-plain',
    rule: 'CP4',
    title: 'a message with a link and then a plain one keep their order',
    async run(stage) {
      const room = await stage.room();
      const words = ['see https://status.example.test/now', 'and hurry', 'https://example.test/a?b=c&d=e', 'please'];

      await Promise.all(words.map((text) => stage.inject({ do: 'say', room, text })));

      await eventually('all messages to be admitted', () => wordsAdmitted(stage, room).length >= words.length);
      assert.deepEqual(wordsAdmitted(stage, room), words, 'Decoding one of them took longer, and the next one overtook it');
    },
  },
  {
    id: 'cp4-lanes',
    rule: 'CP4',
    title: 'messages of one room share a lane, and another room has its own',
    async run(stage) {
      const [one, other] = [await stage.room('one'), await stage.room('other')];

      const first = await heard(stage, one, 'first');
      const second = await heard(stage, one, 'second');
      const elsewhere = await heard(stage, other, 'elsewhere');

      assert.equal(first.lane, second.lane, 'Messages in different lanes are not kept in order');
      assert.notEqual(first.lane, elsewhere.lane, 'One room would have to wait for another');
      assert.ok(first.lane.includes(one.room), 'What was told of a room is looked for in the lane with its id in the name');
    },
  },
  {
    id: 'cp4-edit-lane',
    rule: 'CP4',
    title: 'an edit is in the lane of its message',
    notFor: needs(({ capabilities }) => (capabilities.features['event.edit'] ? undefined : 'declares no event.edit'), stunt('edit')),
    async run(stage) {
      const room = await stage.room();
      const created = await heard(stage, room, 'first');

      await stage.inject({ do: 'edit', message: created.event.message.ref, text: 'second' });

      const edited = await stage.inlet.until((e) => e.event.type === 'message.edited', 'the edit');
      assert.equal(edited.lane, created.lane, 'The edit could be handled before what it edits');
    },
  },
  {
    id: 'cp4-interactions',
    rule: 'CP4',
    title: 'a command does not queue behind messages',
    notFor: needs(stunt('command')),
    async run(stage) {
      const room = await stage.room();
      const said = await heard(stage, room, 'a message');

      await stage.inject({ do: 'command', room, name: 'incident', text: '' });

      const command = await stage.inlet.until((e) => e.event.type === 'command', 'the command');
      assert.notEqual(command.lane, said.lane, 'A person who waits for an answer would wait for the room’s messages');
    },
  },
];
