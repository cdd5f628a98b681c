import assert from 'node:assert/strict';
import { attempt, post, sendOf, within } from '../acts.ts';
import type { Case } from '../case.ts';
import { eventually, settle } from '../eventually.ts';
import type { FaultKind } from '../harness.ts';
import { facet, needs } from '../needs.ts';
import { reasonOf } from '../reason-of.ts';

const FAILURES: readonly FaultKind[] = [
  'error-before',
  'error-after',
  'reset-before',
  'reset-after',
  'garbage',
  'rate-limited',
  'unauthorized',
];
const DELAY_MS = 30_000;

export const oneAttempt: readonly Case[] = [
  {
    id: 'cp5-rate-limited',
    rule: 'CP5',
    title: 'a 429 comes back at once as refused, with its delay',
    async run(stage) {
      const room = await stage.room();
      stage.fault('send', 'rate-limited', 1, { room, retryAfterMs: DELAY_MS });

      const sent = await attempt(stage, sendOf(stage, room, 'a-key', 'too much'));

      assert.equal(sent.outcome, 'refused', 'The platform said no, and nothing happened');
      assert.ok(sent.outcome === 'refused');
      assert.equal(sent.fault.code, 'rate-limited');
      assert.equal(sent.fault.retryAfterMs, DELAY_MS, 'The core waits exactly as long as the platform asks');
    },
  },
  {
    id: 'cp5-rate-limited-no-delay',
    rule: 'CP5',
    title: 'a 429 that names no delay is still told as one',
    async run(stage) {
      const room = await stage.room();
      stage.fault('send', 'rate-limited', 1, { room });

      const sent = await attempt(stage, sendOf(stage, room, 'a-key', 'too much'));

      assert.ok(sent.outcome === 'refused' && sent.fault.code === 'rate-limited', `Ended ${JSON.stringify(sent)}`);
    },
  },
  {
    id: 'cp5-other-room',
    rule: 'CP5',
    title: 'a 429 in one room holds up no other room',
    async run(stage) {
      const [limited, free] = [await stage.room('limited'), await stage.room('free')];
      stage.fault('send', 'rate-limited', Infinity, { room: limited, retryAfterMs: DELAY_MS });
      await attempt(stage, sendOf(stage, limited, 'limited-key', 'too much'));

      await post(stage, free, 'free-key', 'meanwhile');

      assert.deepEqual(
        (await stage.observed(free)).map((m) => m.text),
        ['meanwhile'],
      );
    },
  },
  {
    id: 'cp5-hanging-room',
    rule: 'CP5',
    title: 'a call that hangs in one room holds up no other room',
    async run(stage) {
      const [stuck, free] = [await stage.room('stuck'), await stage.room('free')];
      const patience = new AbortController();
      const before = stage.requests('send');
      stage.fault('send', 'silent', 1, { room: stuck });
      const hanging = attempt(stage, sendOf(stage, stuck, 'stuck-key', 'hello?'), patience.signal);
      await eventually('the call to reach the platform', () => stage.requests('send') > before);

      const meanwhile = post(stage, free, 'free-key', 'meanwhile').finally(() =>
        patience.abort(new Error('The core has waited long enough')),
      );
      const [other, stuckOne] = await Promise.allSettled([meanwhile, hanging]);

      if (other.status === 'rejected') throw new Error(`One room waits for another's silence: ${reasonOf(other.reason)}`);
      if (stuckOne.status === 'rejected') throw stuckOne.reason;
    },
  },
  ...FAILURES.map((kind): Case => ({
    id: `cp5-once-${kind}`,
    rule: 'CP5',
    title: `the platform is asked once, however it goes wrong (${kind})`,
    async run(stage) {
      const room = await stage.room();
      const before = stage.requests('send');
      stage.fault('send', kind, 1, { room });

      await attempt(stage, sendOf(stage, room, 'a-key', 'once'));
      await settle();

      assert.equal(stage.requests('send') - before, 1, 'The core decides about another attempt, not the adapter');
    },
  })),
  {
    id: 'cp5-edit',
    rule: 'CP5',
    title: 'a change that fails is made once',
    notFor: needs(facet('edit')),
    async run(stage) {
      const room = await stage.room();
      const { message } = await post(stage, room, 'a-key', 'first');
      const { part } = sendOf(stage, room, 'a-key', 'second');
      for (const kind of ['reset-after', 'error-before', 'rate-limited'] as const) {
        const before = stage.requests('edit');
        stage.fault('edit', kind, 1, { room });

        const edit = stage.adapter.messages.edit?.(message, { key: 'an-edit', part }, AbortSignal.timeout(1_500));
        const ended = await within(3_000, 'the edit to end', Promise.resolve(edit));
        await settle();

        assert.equal(stage.requests('edit') - before, 1, `The core decides about another attempt, not the adapter (${kind})`);
        assert.notEqual(ended?.outcome, 'done', `It went wrong (${kind}), and nobody was told`);
      }
    },
  },
  {
    id: 'cp5-history',
    rule: 'CP5',
    title: 'a page of history that fails is asked for once',
    notFor: needs(facet('history')),
    async run(stage) {
      const room = await stage.room();
      for (const kind of ['error-before', 'rate-limited'] as const) {
        const before = stage.requests('history');
        stage.fault('history', kind, 1, { room, retryAfterMs: DELAY_MS });

        const page = stage.adapter.history?.page({ room, limit: 10 }, AbortSignal.timeout(1_500));
        const ended = await within(3_000, 'the page to end', Promise.resolve(page));
        await settle();

        assert.notEqual(ended?.outcome, 'done', 'The page could not be read');
        assert.equal(stage.requests('history') - before, 1, 'The core decides about another attempt, not the adapter');
      }
    },
  },
];
