import assert from 'node:assert/strict';
import type { Envelope } from '@musterhq/chat-port';
import { isAbout, messageOf, wordsOf } from '../acts.ts';
import type { Case } from '../case.ts';
import { eventually, settle } from '../eventually.ts';
import type { Transport } from '../harness.ts';
import { needs, stunt, transport } from '../needs.ts';

const says = (words: string) => (e: Envelope) => e.event.type === 'message.created' && wordsOf(e.event.message.content) === words;

const over = (by: Transport): Case[] => [
  {
    id: `cp1-waits-${by}`,
    rule: 'CP1',
    title: `an event by ${by} is not acknowledged before it is admitted`,
    notFor: needs(transport(by)),
    async run(stage) {
      const room = await stage.room();
      const release = stage.inlet.hold();

      let acknowledged = false;
      const injecting = stage.inject({ do: 'say', room, text: 'is it stored?' }, { transport: by });
      void injecting.then(
        () => (acknowledged = true),
        () => undefined,
      );
      await eventually('the event to be offered to the core', () => stage.inlet.offered.some(says('is it stored?')));
      await settle();

      assert.equal(acknowledged, false, 'The platform had its answer while the core was still storing the event');
      release();
      const { deliveries } = await injecting;
      assert.equal(deliveries[0]?.acknowledged, true, 'Stored, and yet not acknowledged: the platform will send it again');
    },
  },
  {
    id: `cp1-refused-${by}`,
    rule: 'CP1',
    title: `an event by ${by} that could not be admitted is not acknowledged, and is taken when it comes again`,
    notFor: needs(transport(by)),
    async run(stage) {
      const room = await stage.room();
      stage.inlet.failNext(1, says('store me'));

      const injection = await stage.inject({ do: 'say', room, text: 'store me' }, { transport: by, times: 2 });

      const acknowledged = injection.deliveries.map((d) => d.acknowledged);
      assert.deepEqual(
        acknowledged,
        [false, true],
        `The first delivery failed in the core and the second did not: acknowledged has to be false, then true, and was ${acknowledged.join(', then ')}`,
      );
      assert.equal(stage.inlet.admitted.filter(isAbout(messageOf(injection))).length, 1, 'The message has to be in the core once');
    },
  },
  {
    id: `cp1-command-${by}`,
    rule: 'CP1',
    title: `a command by ${by} that could not be admitted is not acknowledged`,
    notFor: needs(transport(by), stunt('command')),
    async run(stage) {
      const room = await stage.room();
      stage.inlet.failNext(1, (e) => e.event.type === 'command');

      const { deliveries } = await stage.inject({ do: 'command', room, name: 'incident', text: 'checkout is down' }, { transport: by });

      assert.equal(deliveries[0]?.acknowledged, false, 'The person was told that all is well with a command that nobody has');
    },
  },
];

export const durableBeforeAcknowledged: readonly Case[] = [...over('webhook'), ...over('socket')];
