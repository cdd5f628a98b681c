import assert from 'node:assert/strict';
import type { Case } from '../case.ts';
import { settle } from '../eventually.ts';
import type { Tamper } from '../harness.ts';
import { needs, stunt, transport } from '../needs.ts';

const TAMPERED: Readonly<Record<Tamper, string>> = {
  signature: 'a wrong signature',
  'no-signature': 'no signature',
  stale: 'a timestamp of ten minutes ago',
  future: 'a timestamp ten minutes in the future',
  body: 'a body that was changed after it was signed',
};

export const onlyThePlatform: readonly Case[] = Object.entries(TAMPERED).map(([kind, words]): Case => ({
  id: `cp14-${kind}`,
  rule: 'CP14',
  title: `a request with ${words} is refused, and nothing of it is admitted`,
  notFor: needs(transport('webhook'), stunt(kind as Tamper)),
  async run(stage) {
    const room = await stage.room();
    const says = (words: string): boolean =>
      stage.inlet.offered.some((e) => e.event.type === 'message.created' && JSON.stringify(e.event.message.content).includes(words));

    const { deliveries } = await stage.inject({ do: 'say', room, text: 'let me in' }, { transport: 'webhook', tamper: kind as Tamper });
    await settle();

    const status = deliveries[0]?.status ?? 0;
    assert.ok(status >= 400 && status < 500, `Refused is a 4xx, not ${status}`);
    assert.ok(!says('let me in'), 'Somebody who is not the platform got an event in');

    await stage.inject({ do: 'say', room, text: 'it is really me' }, { transport: 'webhook' });
    assert.ok(says('it is really me'), 'And now the platform itself is kept out');
  },
}));
