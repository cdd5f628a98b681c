import assert from 'node:assert/strict';
import { heard } from '../acts.ts';
import type { Case } from '../case.ts';
import { needs, stunt } from '../needs.ts';

export const honestGaps: readonly Case[] = [
  {
    id: 'cp9-unfamiliar',
    rule: 'CP9',
    title: 'an event that nobody knows is no exception, and what comes after it is heard',
    notFor: needs(stunt('unfamiliar')),
    async run(stage) {
      const room = await stage.room();

      const { deliveries } = await stage.inject({ do: 'unfamiliar', name: 'hologram_shared' });
      await heard(stage, room, 'still there?');

      assert.equal(deliveries[0]?.acknowledged, true, 'The platform would send it again, and it would be as unknown as before');
      const others = stage.inlet.admitted.filter((e) => e.event.type === 'unknown');
      assert.ok(
        others.every((e) => e.event.type === 'unknown' && e.event.name !== ''),
        'An unknown event has a name to look for',
      );
    },
  },
  {
    id: 'cp9-one-way-in',
    rule: 'CP9',
    title: 'there is a way in: webhooks, a connection, or both',
    async run({ adapter }) {
      assert.ok(adapter.webhooks ?? adapter.connect, 'Nothing that people do would ever be heard');
    },
  },
];
