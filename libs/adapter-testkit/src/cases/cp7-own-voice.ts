import assert from 'node:assert/strict';
import type { InMessage, MessageRef } from '@musterhq/chat-port';
import { envelopeOf, heard, messageOf, post, sameMessage, sendOf } from '../acts.ts';
import { type Case, type Declared, type Stage, declaredBy } from '../case.ts';
import { echo, facet, feature, needs, rare, stunt } from '../needs.ts';

async function readBack(stage: Stage, ref: MessageRef): Promise<InMessage> {
  const [message] = await allReadBack(stage, ref);
  return message ?? assert.fail('The message is not in the history');
}

/** The message as it was said, and as it was edited. */
async function allReadBack({ adapter }: Stage, { room, id, thread }: MessageRef): Promise<InMessage[]> {
  const page = await adapter.history?.page({ room, limit: 10, ...(thread !== undefined && { thread }) }, AbortSignal.timeout(1_500));
  assert.equal(page?.outcome, 'done', 'The history could not be read');
  const events = page?.outcome === 'done' ? page.value.envelopes.map((e) => e.event) : [];
  const messages = events.flatMap((e) => (e.type === 'message.created' || e.type === 'message.edited' ? [e.message] : []));
  return messages.filter((m) => sameMessage(m.ref, { room, id }));
}

function assertOurs({ origin, key }: InMessage, expected: string): void {
  assert.equal(origin, 'self', `We said this, and the core is told that it was a ${origin}`);
  assert.equal(key, expected, 'Our own posts are recognised by their key, never by their words');
}

const isEchoed = ({ capabilities, cannot }: Declared): boolean => capabilities.echo === 'event' && cannot.echo === undefined;

const isEditEchoed = (declared: Declared): boolean => isEchoed(declared) && declared.capabilities.features['event.edit'] !== undefined;

export const ownVoice: readonly Case[] = [
  {
    id: 'cp7-echo',
    rule: 'CP7',
    title: 'what we said comes back as ours, with its key',
    notFor: needs(echo('event'), stunt('echo')),
    async run(stage) {
      const room = await stage.room();

      const { message } = await post(stage, room, 'our-key', 'it is us');

      assertOurs((await envelopeOf(stage, message)).event.message, 'our-key');
    },
  },
  {
    id: 'cp7-echo-edit',
    rule: 'CP7',
    title: 'what we edited comes back as ours',
    notFor: needs(echo('event'), stunt('echo'), facet('edit'), feature('event.edit')),
    async run(stage) {
      const room = await stage.room();
      const { message } = await post(stage, room, 'our-key', 'first');
      const { part } = sendOf(stage, room, 'our-key', 'second');

      const edited = await stage.adapter.messages.edit?.(message, { key: 'our-key', part }, AbortSignal.timeout(1_500));

      assert.equal(edited?.outcome, 'done');
      assert.equal((await envelopeOf(stage, message, 'message.edited')).event.message.origin, 'self');
    },
  },
  {
    id: 'cp7-edited-key',
    rule: 'CP7',
    title: 'what we edited keeps the key that it was sent with',
    notFor: needs(echo('event', 'read-back'), facet('edit'), (declared) =>
      declared.facets.has('history') || isEditEchoed(declared) ? undefined : 'what we edited is not seen again',
    ),
    async run(stage) {
      const room = await stage.room();
      const { message } = await post(stage, room, 'our-key', 'first');
      const { part } = sendOf(stage, room, 'another-key', 'second');

      const edited = await stage.adapter.messages.edit?.(message, { key: 'another-key', part }, AbortSignal.timeout(1_500));

      assert.equal(edited?.outcome, 'done');
      const isSeenLive = isEditEchoed(await declaredBy(stage));
      const seen = isSeenLive ? [(await envelopeOf(stage, message, 'message.edited')).event.message] : [];
      if (stage.adapter.history) seen.push(...(await allReadBack(stage, message)));
      assert.ok(seen.length > 0, 'The message is not in the history');
      for (const one of seen) assertOurs(one, 'our-key');
    },
  },
  {
    id: 'cp7-read-back',
    rule: 'CP7',
    title: 'what we said is read back as ours, with its key',
    notFor: needs(echo('event', 'read-back'), facet('history')),
    async run(stage) {
      const room = await stage.room();

      const { message } = await post(stage, room, 'our-key', 'it is us');

      assertOurs(await readBack(stage, message), 'our-key');
    },
  },
  {
    id: 'cp7-person',
    rule: 'CP7',
    title: 'a person who repeats our words stays a person',
    async run(stage) {
      const room = await stage.room();
      await post(stage, room, 'our-key', 'same words');

      const { event } = await heard(stage, room, 'same words');

      assert.equal(event.message.origin, 'human', 'A person’s words would be taken for an echo, and lost');
      assert.equal(event.message.key, undefined, 'Nobody but us has our keys');
    },
  },
  {
    id: 'cp7-bot',
    rule: 'CP7',
    title: 'another bot is neither a person nor us',
    notFor: needs(stunt('bot')),
    async run(stage) {
      const room = await stage.room();

      const injection = await stage.inject({ do: 'say', room, text: 'build failed', by: 'builder', bot: true });

      const { event } = await envelopeOf(stage, messageOf(injection));
      assert.equal(event.message.origin, 'bot');
    },
  },
  {
    id: 'cp7-app-name',
    rule: 'CP7',
    title: 'an app that has no account is called by the name that people read above its words',
    notFor: needs(rare('app-speaks')),
    async run(stage) {
      const room = await stage.room();

      const injection = await stage.inject({ do: 'app-speaks', room, text: 'the pool is full', name: 'Alerts of the pool' });

      const { message } = (await envelopeOf(stage, messageOf(injection))).event;
      assert.equal(message.origin, 'bot');
      assert.equal(message.authorName, 'Alerts of the pool', `Nobody can look ${message.author.user} up, and it would be called by that`);
    },
  },
  {
    id: 'cp7-only-people-command',
    rule: 'CP7',
    title: 'the words of a command are none when we say them, or another app',
    notFor: needs(stunt('command'), (declared) =>
      isEchoed(declared) || declared.cannot.bot === undefined ? undefined : 'it is told of nobody but people',
    ),
    async run(stage) {
      const room = await stage.room();
      await stage.inject({ do: 'command', room, name: 'incident', text: 'checkout is down' });
      const [given] = stage.inlet.ofType('command');
      assert.ok(given?.event.type === 'command', 'The command has to arrive');
      const { prefix = `/${given.event.name} `, text } = given.event;

      const declared = await declaredBy(stage);
      if (isEchoed(declared)) await envelopeOf(stage, (await post(stage, room, 'our-key', `${prefix}${text}`)).message);
      if (declared.cannot.bot === undefined) {
        const injection = await stage.inject({ do: 'say', room, text: `${prefix}${text}`, by: 'builder', bot: true });
        await envelopeOf(stage, messageOf(injection));
      }

      assert.equal(stage.inlet.ofType('command').length, 1, 'Muster would obey itself, or a program');
    },
  },
];
