import assert from 'node:assert/strict';
import type { Attempt, Op, RoomRef } from '@musterhq/chat-port';
import { attempt, heard, post, sendOf, within } from '../acts.ts';
import type { Case, Facet, Stage } from '../case.ts';
import { eventually, settle } from '../eventually.ts';
import { facet, feature, needs } from '../needs.ts';

/** How long a call may take to end once its signal has: a turn or two of the event loop, and a slow machine. */
const END_MS = 1_000;

type Ended = Attempt<unknown> | { found: unknown } | 'absent' | 'cannot-tell';

/** In a box, because a promise of a promise would be waited for. */
interface Running {
  readonly call: Promise<Ended>;
}

interface Bounded {
  readonly name: string;
  readonly op: Op;
  readonly facet: Facet;
  /** Prepares what the call needs, breaks the platform, and makes the call. */
  start(stage: Stage, room: RoomRef, signal: AbortSignal): Promise<Running>;
}

const missing = (name: string): never => assert.fail(`${name} is declared and not there`);

const CALLS: readonly Bounded[] = [
  {
    name: 'edit',
    op: 'edit',
    facet: 'edit',
    async start(stage, room, signal) {
      const { message } = await post(stage, room, 'a-key', 'first');
      const { part } = sendOf(stage, room, 'a-key', 'second');
      stage.fault('edit', 'silent');
      return { call: stage.adapter.messages.edit?.(message, { key: 'a-key', part }, signal) ?? missing('edit') };
    },
  },
  {
    name: 'remove',
    op: 'delete',
    facet: 'remove',
    async start(stage, room, signal) {
      const { message } = await post(stage, room, 'a-key', 'first');
      stage.fault('delete', 'silent');
      return { call: stage.adapter.messages.remove?.(message, signal) ?? missing('remove') };
    },
  },
  {
    name: 'a page of history',
    op: 'history',
    facet: 'history',
    async start(stage, room, signal) {
      stage.fault('history', 'silent');
      return { call: stage.adapter.history?.page({ room, limit: 10 }, signal) ?? missing('history') };
    },
  },
  {
    name: 'reconcile',
    op: 'history',
    facet: 'reconcile',
    async start(stage, room, signal) {
      const send = sendOf(stage, room, 'a-key', 'is it there?');
      stage.fault('history', 'silent');
      return { call: stage.adapter.messages.reconcile?.(send, stage.now() - 60_000, signal) ?? missing('reconcile') };
    },
  },
  {
    name: 'looking at a room',
    op: 'room',
    facet: 'rooms',
    async start(stage, room, signal) {
      stage.fault('room', 'silent');
      return { call: stage.adapter.rooms?.get(room, signal) ?? missing('rooms') };
    },
  },
  {
    name: 'looking up a person',
    op: 'people',
    facet: 'people',
    async start(stage, room, signal) {
      // Some platforms tell only of people who were met.
      const { author } = (await heard(stage, room, 'who am I?')).event.message;
      stage.fault('people', 'silent');
      return { call: stage.adapter.people?.find({ id: author.user }, stage.tenant, signal) ?? missing('people') };
    },
  },
];

async function endsBySignal(stage: Stage, op: Op, start: (signal: AbortSignal) => Promise<Running>): Promise<Ended> {
  const patience = new AbortController();
  const before = stage.requests(op);
  const { call } = await start(patience.signal);
  // Nobody's while the platform is waited for.
  call.catch(() => undefined);
  await eventually(
    `a call that counts as "${op}" in \`requests\` to reach the platform: the adapter made none, or none of this kind`,
    () => stage.requests(op) > before,
  );
  patience.abort(new Error('The core has waited long enough'));
  return within(END_MS, 'the call to end by its signal', call);
}

export const bounded: readonly Case[] = [
  ...(['silent', 'silent-after'] as const).map((kind): Case => ({
    id: `cp6-${kind}`,
    rule: 'CP6',
    title: `a message accepted and never answered ends by its signal as unknown (${kind})`,
    async run(stage) {
      const room = await stage.room();
      const send = sendOf(stage, room, 'a-key', 'anybody there?');

      const ended = await endsBySignal(stage, 'send', async (signal) => {
        stage.fault('send', kind, 1, { room });
        return { call: stage.adapter.messages.send(send, signal) };
      });

      assert.ok(
        typeof ended === 'object' && 'outcome' in ended && ended.outcome === 'unknown',
        `Nobody knows, yet it ended ${JSON.stringify(ended)}`,
      );
    },
  })),
  {
    id: 'cp6-too-late',
    rule: 'CP6',
    title: 'a call whose signal has ended already sends nothing',
    async run(stage) {
      const room = await stage.room();
      const before = stage.requests('send');

      const sent = await attempt(stage, sendOf(stage, room, 'a-key', 'too late'), AbortSignal.abort(new Error('Too late')));
      await settle();

      assert.notEqual(sent.outcome, 'done');
      assert.equal(stage.requests('send'), before, 'The core has given up on this call, and it went out all the same');
    },
  },
  ...CALLS.map(({ name, op, facet: needed, start }): Case => ({
    id: `cp6-${needed}`,
    rule: 'CP6',
    title: `${name} ends by its signal when there is no answer`,
    notFor: needs(facet(needed), ...(needed === 'reconcile' ? [feature('history')] : [])),
    async run(stage) {
      const room = await stage.room();

      const ended = await endsBySignal(stage, op, (signal) => start(stage, room, signal));

      const honest = ended === 'cannot-tell' || (typeof ended === 'object' && 'outcome' in ended && ended.outcome !== 'done');
      assert.ok(honest, `There was no answer, yet it ended ${JSON.stringify(ended)}`);
    },
  })),
];
