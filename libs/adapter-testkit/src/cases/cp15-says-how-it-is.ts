import assert from 'node:assert/strict';
import { filter, firstValueFrom } from 'rxjs';
import type { ChatAdapter, Health } from '@musterhq/chat-port';
import { attempt, sendOf, soon, text, within } from '../acts.ts';
import type { Case } from '../case.ts';
import { eventually } from '../eventually.ts';
import { extra, facet, needs, transport } from '../needs.ts';
import { patient } from '../patience.ts';

/** More than the ten seconds after which a line that brought nothing may be the one that lost something. */
const SILENT_MS = 11_000;

/** What stands at an address where something is wrong with the platform, or with the way to it. */
const NO_ANSWERS = ['', '<!doctype html><title>Sign in</title>', 'null', '{}', '"ok"', '{"status":', '503'];

/** An adapter may wait a moment before it tries again. */
const AGAIN_MS = 8_000;

const becomes = ({ health$ }: ChatAdapter, state: Health['state']): Promise<Health> =>
  within(patient(AGAIN_MS), `health$ to be ${state}`, firstValueFrom(health$.pipe(filter((health) => health.state === state))));

export const saysHowItIs: readonly Case[] = [
  {
    id: 'cp15-ready',
    rule: 'CP15',
    title: 'its health is told at once to whoever asks, and is ready when it can send',
    async run({ adapter }) {
      const health = await within(patient(1_000), 'health$ to tell its latest value', firstValueFrom(adapter.health$));

      assert.equal(health.state, 'ready');
    },
  },
  {
    id: 'cp15-unauthorized',
    rule: 'CP15',
    title: 'it says that its credentials were revoked, with the remedy',
    async run(stage) {
      const room = await stage.room();
      stage.fault('*', 'unauthorized', Infinity);
      const told = firstValueFrom(stage.adapter.health$.pipe(filter(({ state }) => state === 'unauthorized')));

      await attempt(stage, sendOf(stage, room, 'a-key', 'let me in'));

      const { fault } = await within(patient(1_000), 'health$ to be unauthorized', told);
      assert.ok(fault?.remedy, 'An operator has to be told what to do');
    },
  },
  {
    id: 'cp15-offline',
    rule: 'CP15',
    title: 'it says by itself that the platform is lost',
    notFor: needs(extra('outage')),
    async run(stage) {
      const room = await stage.room();
      const back = await stage.outage?.();
      // Where nothing listens, a call has to find out.
      if (stage.transports[0] !== 'socket') await attempt(stage, sendOf(stage, room, 'a-key', 'anybody there?'));

      await becomes(stage.adapter, 'offline');
      await back?.();
    },
  },
  {
    id: 'cp15-back',
    rule: 'CP15',
    title: 'it is ready again by itself when the platform is back, and hears what is said then',
    notFor: needs(extra('outage'), transport('socket')),
    async run(stage) {
      const room = await stage.room();
      const back = await stage.outage?.();
      await becomes(stage.adapter, 'offline');
      await back?.();

      try {
        await becomes(stage.adapter, 'ready');
        await eventually('a message that is delivered', async () => {
          const { deliveries } = await stage.inject({ do: 'say', room, text: 'are we back?' }, { transport: 'socket' });
          return deliveries.some(({ acknowledged }) => acknowledged);
        });
      } catch (error) {
        throw new Error(`The platform is back, and nobody is heard there any more: ${String(error)}`);
      }
    },
  },
  {
    id: 'cp15-renewed',
    rule: 'CP15',
    title: 'lines that brought nothing are opened anew without being lost meanwhile, and people are heard as before',
    notFor: needs(facet('renewSilent'), extra('advance'), transport('socket')),
    async run(stage) {
      const room = await stage.room();
      const states: string[] = [];
      const watching = stage.adapter.health$.subscribe(({ state }) => states.push(state));
      stage.advance?.(SILENT_MS);

      stage.adapter.renewSilent?.();

      await eventually('a message that is delivered after the lines were opened anew', async () => {
        const { deliveries } = await stage.inject({ do: 'say', room, text: 'is this line good?' }, { transport: 'socket' });
        return deliveries.some(({ acknowledged }) => acknowledged);
      });
      watching.unsubscribe();
      assert.deepEqual([...new Set(states)], ['ready'], 'Another line was to be open before one was given up');
    },
  },
  {
    id: 'cp15-renewed-nothing',
    rule: 'CP15',
    title: 'one that has not begun to listen may be asked to open its lines anew, and has none',
    notFor: needs(facet('renewSilent')),
    async run(stage) {
      const made = await stage.again();

      try {
        assert.doesNotThrow(() => made.renewSilent?.(), 'Muster asks at any time');
      } finally {
        await made.close();
      }
    },
  },
  {
    id: 'cp15-made-while-away',
    rule: 'CP15',
    title: 'it can be made while the platform is away, and says that it is',
    notFor: needs(extra('outage')),
    async run(stage) {
      const room = await stage.room();
      const back = await stage.outage?.();
      const life = new AbortController();
      const made = await stage.again().catch((error: unknown) => assert.fail(`That is no reason not to be made: ${String(error)}`));
      try {
        await made.connect?.(stage.inlet, life.signal);
        // Where nothing listens, a call has to find out.
        const [part] = made.messages.render(text('anybody there?'), room).parts;
        if (stage.transports[0] !== 'socket' && part) await made.messages.send({ key: 'a-key', room, part }, soon()).catch(() => undefined);

        await becomes(made, 'offline');
      } finally {
        life.abort();
        await made.close();
        await back?.();
      }
    },
  },
  {
    id: 'cp15-close',
    rule: 'CP15',
    title: 'it may be closed twice',
    async run({ adapter }) {
      await within(2_000, 'close to end', adapter.close());
      await within(2_000, 'the second close to end', adapter.close());
    },
  },
  {
    id: 'cp15-status-feed',
    rule: 'CP15',
    title: 'what the platform says of itself in public is asked for over https, and what is no answer is no all-clear',
    notFor: needs(facet('statusFeed')),
    run({ adapter: { statusFeed } }) {
      const { protocol, hostname } = new URL(statusFeed?.address() ?? '');
      const isHere = ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
      assert.ok(protocol === 'https:' || (protocol === 'http:' && isHere), 'The core asks over https, or on this machine');

      for (const body of NO_ANSWERS)
        assert.equal(statusFeed?.read(body), null, `Nobody knows how the platform is by an answer such as ${JSON.stringify(body)}`);
      return Promise.resolve();
    },
  },
];
