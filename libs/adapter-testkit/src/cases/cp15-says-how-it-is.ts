import assert from 'node:assert/strict';
import { filter, firstValueFrom } from 'rxjs';
import { attempt, sendOf, within } from '../acts.ts';
import type { Case } from '../case.ts';

export const saysHowItIs: readonly Case[] = [
  {
    id: 'cp15-ready',
    rule: 'CP15',
    title: 'its health is told at once to whoever asks, and is ready when it can send',
    async run({ adapter }) {
      const health = await within(1_000, 'health$ to tell its latest value', firstValueFrom(adapter.health$));

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

      const { fault } = await within(1_000, 'health$ to be unauthorized', told);
      assert.ok(fault?.remedy, 'An operator has to be told what to do');
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
];
