import assert from 'node:assert/strict';
import type { Receipt, Send } from '@musterhq/chat-port';
import { attempt, heard, post, sendOf, within } from '../acts.ts';
import type { Case, Declared, Stage } from '../case.ts';
import { eventually } from '../eventually.ts';
import type { FaultKind } from '../harness.ts';
import { facet, needs, threads } from '../needs.ts';
import { fillPage, forgets, manyPages, outlive } from '../past.ts';

const LOST_ANSWERS: readonly FaultKind[] = ['error-after', 'reset-after', 'silent-after'];
const NEVER_APPLIED: readonly FaultKind[] = ['error-before', 'reset-before', 'silent', 'refused'];
const UNREADABLE: readonly FaultKind[] = ['error-before', 'reset-before', 'garbage', 'rate-limited', 'silent'];

const byKey = ({ capabilities }: Declared): string | undefined =>
  capabilities.reconcile === 'key' ? undefined : `declares reconcile ${capabilities.reconcile}`;

type Found = { found: Receipt } | 'absent' | 'cannot-tell';

/** Looks for the message as the core does after an unknown outcome. */
async function reconcile({ adapter, now }: Stage, send: Send, ms = 1_500, since = now() - 60_000): Promise<Found> {
  assert.ok(adapter.messages.reconcile);
  return within(ms * 2, 'reconcile to end by its signal', adapter.messages.reconcile(send, since, AbortSignal.timeout(ms)));
}

/** Sends into the fault, and ends the call once the platform has it and there is no answer. */
async function sendInto(stage: Stage, kind: FaultKind, send: Send): ReturnType<typeof attempt> {
  const before = stage.requests('send');
  const patience = new AbortController();
  stage.fault('send', kind, 1, { room: send.room });
  const sending = attempt(stage, send, patience.signal);
  // Nobody's while the platform is waited for.
  sending.catch(() => undefined);
  if (kind.startsWith('silent') || kind === 'late') {
    await eventually('the call to reach the platform', () => stage.requests('send') > before);
    patience.abort(new Error('The core has waited long enough'));
  }
  return sending;
}

async function shownTimes(stage: Stage, send: Send, words: string): Promise<number> {
  return (await stage.observed(send.room)).filter((m) => m.text === words && m.author === 'us').length;
}

const foundId = (found: Found): string => (typeof found === 'object' ? found.found.message.id : found);

export const saidOnce: readonly Case[] = [
  ...LOST_ANSWERS.map((kind): Case => ({
    id: `cp3-unknown-${kind}`,
    rule: 'CP3',
    title: `is unknown, not refused, when the message is there and the answer was lost (${kind})`,
    async run(stage) {
      const send = sendOf(stage, await stage.room(), `key-${kind}`, 'said once');
      const before = stage.requests('send');

      const sent = await sendInto(stage, kind, send);

      assert.ok(stage.requests('send') - before < 2, 'The adapter made the call again by itself, and it may be there twice (CP5)');
      assert.equal(await shownTimes(stage, send, 'said once'), 1, 'The harness has to apply the call before it loses the answer');
      assert.equal(sent.outcome, 'unknown', 'The message is there, so sending it again would say it twice');
    },
  })),
  ...LOST_ANSWERS.map((kind): Case => ({
    id: `cp3-found-${kind}`,
    rule: 'CP3',
    title: `is not said twice when the first answer was lost (${kind})`,
    notFor: needs(facet('reconcile')),
    async run(stage) {
      const send = sendOf(stage, await stage.room(), `key-${kind}`, 'said once');
      await sendInto(stage, kind, send);

      const found = await reconcile(stage, send);

      const [shown] = (await stage.observed(send.room)).filter((m) => m.text === 'said once');
      assert.equal(foundId(found), shown?.id, 'The message is in the room, and reconcile has to find that one');
      assert.equal(await shownTimes(stage, send, 'said once'), 1, 'The message is in the room twice');
    },
  })),
  {
    id: 'cp3-absent',
    rule: 'CP3',
    title: 'is absent when it never arrived, and then appears once',
    notFor: needs(facet('reconcile')),
    async run(stage) {
      const room = await stage.room();
      for (const kind of NEVER_APPLIED) {
        const send = sendOf(stage, room, `key-${kind}`, `after ${kind}`);
        const sent = await sendInto(stage, kind, send);
        assert.notEqual(sent.outcome, 'done', `The call failed (${kind}), and nothing was said`);

        assert.equal(await reconcile(stage, send), 'absent', `Nothing arrived (${kind}), and the history can be read`);

        assert.equal((await attempt(stage, send)).outcome, 'done', 'Sent again with the same key, it has to be said');
        assert.equal(await shownTimes(stage, send, `after ${kind}`), 1, 'Attempted twice with one key, it has to appear once');
      }
    },
  },
  ...UNREADABLE.map((kind): Case => ({
    id: `cp3-cannot-tell-${kind}`,
    rule: 'CP3',
    title: `cannot tell when the history cannot be read (${kind})`,
    notFor: needs(facet('reconcile'), facet('history')),
    async run(stage) {
      const send = sendOf(stage, await stage.room(), 'a-key', 'who knows');
      await sendInto(stage, 'error-after', send);
      stage.fault('history', kind, Infinity);

      const found = await reconcile(stage, send, 200);

      assert.equal(foundId(found), 'cannot-tell', 'Nobody could look, so anything but cannot-tell is a guess');
    },
  })),
  {
    id: 'cp3-many-pages',
    rule: 'CP3',
    title: 'is found also when so much was said since that it is on another page',
    notFor: needs(facet('reconcile'), facet('history'), manyPages),
    async run(stage) {
      const room = await stage.room();
      // Pages may begin at either end.
      const [before, after] = [sendOf(stage, room, 'key-before', 'said before'), sendOf(stage, room, 'key-after', 'said after')];
      await sendInto(stage, 'error-after', before);
      await fillPage(stage, room);
      await sendInto(stage, 'error-after', after);

      for (const [send, words] of [[before, 'said before'] as const, [after, 'said after'] as const]) {
        const found = await reconcile(stage, send);

        const [shown] = (await stage.observed(room)).filter((m) => m.text === words);
        assert.equal(foundId(found), shown?.id, 'It is there, on a page that was not read: said again, it would be there twice');
      }
    },
  },
  {
    id: 'cp3-unread-page',
    rule: 'CP3',
    title: 'cannot tell when one page could be read and the next could not',
    notFor: needs(facet('reconcile'), facet('history'), manyPages),
    async run(stage) {
      const room = await stage.room();
      const send = sendOf(stage, room, 'a-key', 'who knows');
      await sendInto(stage, 'error-before', send);
      await fillPage(stage, room);
      stage.fault('history', 'error-before', Infinity, { skip: 1 });

      const found = await reconcile(stage, send);

      assert.equal(foundId(found), 'cannot-tell', 'It may be on the page that nobody could read');
    },
  },
  {
    id: 'cp3-forgotten',
    rule: 'CP3',
    title: 'cannot tell when the platform does not keep its past for so long',
    notFor: needs(facet('reconcile'), forgets),
    async run(stage) {
      const room = await stage.room();
      const since = stage.now();
      const send = sendOf(stage, room, 'a-key', 'who knows');
      await sendInto(stage, 'error-before', send);
      await outlive(stage, room);

      const found = await reconcile(stage, send, undefined, since);

      assert.equal(foundId(found), 'cannot-tell', 'It may be among what the platform does not have any more');
    },
  },
  {
    id: 'cp3-late',
    rule: 'CP3',
    title: 'is found when the platform applied it after we had given up',
    notFor: needs(facet('reconcile')),
    async run(stage) {
      const send = sendOf(stage, await stage.room(), 'a-late-key', 'better late');
      const sent = await sendInto(stage, 'late', send);
      assert.equal(sent.outcome, 'unknown', 'There was no answer, and the platform may still do it');
      stage.heal();

      const found = await eventually('the late message to be found', async () => {
        const answer = await reconcile(stage, send);
        return typeof answer === 'object' && answer;
      });

      assert.equal(foundId(found), (await stage.observed(send.room)).find((m) => m.text === 'better late')?.id);
    },
  },
  {
    id: 'cp3-lost',
    rule: 'CP3',
    title: 'is absent when the platform said yes and it is not there',
    notFor: needs(facet('reconcile')),
    async run(stage) {
      const send = sendOf(stage, await stage.room(), 'a-lost-key', 'gone');
      await sendInto(stage, 'lost', send);

      assert.equal(foundId(await reconcile(stage, send)), 'absent', 'Reading back is the only proof of delivery');
    },
  },
  {
    id: 'cp3-garbage',
    rule: 'CP3',
    title: 'is unknown when the answer makes no sense',
    async run(stage) {
      const send = sendOf(stage, await stage.room(), 'a-key', 'who knows');

      assert.equal((await sendInto(stage, 'garbage', send)).outcome, 'unknown', 'An answer that makes no sense says nothing');
    },
  },
  {
    id: 'cp3-same-words',
    rule: 'CP3',
    title: 'tells two messages with the same words apart by their keys',
    notFor: needs(facet('reconcile'), byKey),
    async run(stage) {
      const room = await stage.room();
      await post(stage, room, 'first-key', 'same words');
      const second = await post(stage, room, 'second-key', 'same words');

      const found = await reconcile(stage, sendOf(stage, room, 'second-key', 'same words'));
      const never = await reconcile(stage, sendOf(stage, room, 'third-key', 'same words'));

      assert.equal(foundId(found), second.message.id, 'The second key belongs to the second message');
      assert.equal(foundId(never), 'absent', 'Nothing was ever sent with the third key');
    },
  },
  {
    id: 'cp3-person-same-words',
    rule: 'CP3',
    title: 'does not take a person’s words for a message of ours',
    notFor: needs(facet('reconcile')),
    async run(stage) {
      const room = await stage.room();
      await heard(stage, room, 'same words');
      const send = sendOf(stage, room, 'a-key', 'same words');
      await sendInto(stage, 'error-before', send);

      assert.equal(typeof (await reconcile(stage, send)), 'string', 'Only a person said this; ours is not there');
    },
  },
  {
    id: 'cp3-thread',
    rule: 'CP3',
    title: 'is found in its thread',
    notFor: needs(facet('reconcile'), threads),
    async run(stage) {
      const room = await stage.room();
      const root = await heard(stage, room, 'the root');
      const send = sendOf(stage, room, 'a-thread-key', 'in the thread', root.event.message.ref.id);
      await sendInto(stage, 'reset-after', send);

      const found = await reconcile(stage, send);

      assert.equal(foundId(found), (await stage.observed(room)).find((m) => m.text === 'in the thread')?.id);
    },
  },
];
