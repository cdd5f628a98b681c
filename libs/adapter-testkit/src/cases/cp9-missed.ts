import assert from 'node:assert/strict';
import type { Case } from '../case.ts';
import { needs, rare } from '../needs.ts';

export const missed: readonly Case[] = [
  {
    id: 'cp9-missed',
    rule: 'CP9',
    title: 'that the platform did not tell all that happened is heard, with the time in which it was',
    notFor: needs(rare('fall-behind')),
    async run(stage) {
      const before = stage.now();
      const { deliveries } = await stage.inject({ do: 'fall-behind' }, { times: 2 });
      const after = stage.now();

      const { event } = await stage.inlet.until((e) => e.event.type === 'missed', 'that not all was told');
      assert.ok(event.type === 'missed');
      assert.equal(deliveries[0]?.acknowledged, true, 'The platform would tell it again');
      assert.equal(event.tenant, stage.tenant, 'Muster would read the rooms of others');
      assert.ok(event.from <= after && before <= event.to, 'Muster would look for it at another time, and what was said now is lost');
      const names = new Set(stage.inlet.ofType('missed').map(({ id }) => id));
      assert.equal(names.size, 1, `Told twice, it would be read twice: ${[...names].join(', ')}`);
    },
  },
];
