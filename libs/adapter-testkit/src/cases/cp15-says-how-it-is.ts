import assert from 'node:assert/strict';
import { firstValueFrom } from 'rxjs';
import { within } from '../acts.ts';
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
    id: 'cp15-close',
    rule: 'CP15',
    title: 'it may be closed twice',
    async run({ adapter }) {
      await within(2_000, 'close to end', adapter.close());
      await within(2_000, 'the second close to end', adapter.close());
    },
  },
];
