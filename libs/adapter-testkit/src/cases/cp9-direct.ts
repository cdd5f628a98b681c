import assert from 'node:assert/strict';
import type { RoomRef, UserRef } from '@musterhq/chat-port';
import { envelopeOf, messageOf, post, sendOf, soon, attempt, sameRoom } from '../acts.ts';
import type { Case, Stage } from '../case.ts';
import { facet, needs } from '../needs.ts';

const notFor = needs(facet('direct'));

/** Somebody who has said something, by whom we therefore know them. */
async function somebody(stage: Stage, by: string): Promise<UserRef> {
  const injection = await stage.inject({ do: 'say', room: await stage.room(), text: `I am ${by}`, by });
  return (await envelopeOf(stage, messageOf(injection))).event.message.author;
}

async function reached(stage: Stage, user: UserRef): Promise<RoomRef> {
  const found = await stage.adapter.people?.direct?.(user, soon());
  assert.ok(found?.outcome === 'done', `They are there, and could not be reached: ${JSON.stringify(found)}`);
  return found.value;
}

const readIn = async (stage: Stage, room: RoomRef): Promise<string[]> => (await stage.observed(room)).map(({ text }) => text);

/** One person alone, told something outside every room. */
export const direct: readonly Case[] = [
  {
    id: 'cp9-direct-alone',
    rule: 'CP9',
    title: 'what is sent where somebody is reached is read by them, and by nobody else who is reached so',
    notFor,
    async run(stage) {
      const [nora, omar] = [await somebody(stage, 'nora'), await somebody(stage, 'omar')];
      const [toNora, toOmar] = [await reached(stage, nora), await reached(stage, omar)];
      assert.deepEqual([await readIn(stage, toNora), await readIn(stage, toOmar)], [[], []], 'They see something before it was said');

      await post(stage, toNora, 'key-for-nora', 'for nora');
      await post(stage, toOmar, 'key-for-omar', 'for omar');

      assert.deepEqual(await readIn(stage, toNora), ['for nora'], 'What is for one is read by another, or not at all');
      assert.deepEqual(await readIn(stage, toOmar), ['for omar'], 'What is for one is read by another, or not at all');
    },
  },
  {
    id: 'cp9-direct-again',
    rule: 'CP9',
    title: 'somebody who is asked for again is reached in the same place',
    notFor,
    async run(stage) {
      const nora = await somebody(stage, 'nora');

      const [once, again] = [await reached(stage, nora), await reached(stage, nora)];

      assert.ok(sameRoom(once, again), 'They would read it in two places');
    },
  },
  {
    id: 'cp9-direct-nobody',
    rule: 'CP9',
    title: 'somebody who is not there is refused as not found, when they are asked for or when something is sent',
    notFor,
    async run(stage) {
      const nora = await somebody(stage, 'nora');
      await reached(stage, nora);

      const found = await stage.adapter.people?.direct?.({ ...nora, user: 'U0NOBODY' }, soon());
      assert.ok(found);
      const ended = found.outcome === 'done' ? await attempt(stage, sendOf(stage, found.value, 'a-key', 'anybody there?')) : found;

      assert.equal(ended.outcome === 'refused' && ended.fault.code, 'not-found', 'Muster believes that somebody was told');
    },
  },
];
