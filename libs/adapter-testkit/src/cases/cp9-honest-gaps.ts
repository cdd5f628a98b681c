import assert from 'node:assert/strict';
import type { Feature } from '@musterhq/chat-port';
import { heard } from '../acts.ts';
import { type Case, type Facet, declaredBy } from '../case.ts';
import { needs, stunt } from '../needs.ts';

/** What a feature needs to be more than a word: one of these. A form may also go back as the answer to a request. */
const CARRIED_BY: readonly (readonly [Feature, Facet, ...Facet[]])[] = [
  ['history', 'history'],
  ['history.react', 'history'],
  ['edit', 'edit'],
  ['delete', 'remove'],
  ['react', 'react'],
  ['forms', 'forms', 'webhooks'],
  ['files', 'files'],
  ['home', 'home'],
  ['room.create', 'rooms'],
  ['room.rename', 'rooms'],
  ['room.topic', 'rooms'],
  ['room.archive', 'rooms'],
  ['room.members', 'rooms'],
  ['room.pin', 'rooms'],
  ['room.bookmark', 'rooms'],
  ['people.email', 'people'],
];

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
    id: 'cp9-declares-what-it-has',
    rule: 'CP9',
    title: 'every feature it declares has its facet, and reconcile is there when it is declared',
    async run(stage) {
      const { capabilities, facets } = await declaredBy(stage);

      for (const [feature, ...carriers] of CARRIED_BY) {
        const declared = (capabilities.features[feature] ?? 'none') !== 'none';
        assert.ok(
          !declared || carriers.some((facet) => facets.has(facet)),
          `It declares ${feature}, and has no ${carriers[0]} to do it with`,
        );
      }
      assert.equal(facets.has('reconcile'), capabilities.reconcile !== 'none', `It declares reconcile ${capabilities.reconcile}`);
    },
  },
  {
    id: 'cp9-losses',
    rule: 'CP9',
    title: 'a table that is not shown in full is told as a loss',
    notFor: ({ capabilities }) => (capabilities.features.table === 'full' ? 'shows tables in full' : undefined),
    async run({ adapter, room }) {
      const table = { t: 'table' as const, head: ['who'], rows: [[[{ t: 'text' as const, v: 'mia' }]]] };

      const { losses } = adapter.messages.render({ blocks: [table], summary: 'who' }, await room());

      assert.ok(
        losses.some((loss) => loss.feature === 'table' && loss.note !== ''),
        'What is lost has to be said',
      );
    },
  },
  {
    id: 'cp9-losses-link',
    rule: 'CP9',
    title: 'a link that does not become one is told as a loss',
    async run({ adapter, room }) {
      const link = { t: 'link' as const, href: 'javascript:alert(1)', c: [{ t: 'text' as const, v: 'the runbook' }] };

      const { losses } = adapter.messages.render({ blocks: [{ t: 'p', c: [link] }], summary: 'the runbook' }, await room());

      assert.ok(
        losses.some(({ note }) => note !== ''),
        'Where the link led to is lost, and that has to be said',
      );
    },
  },
  {
    id: 'cp9-replies',
    rule: 'CP9',
    title: 'what is said in a thread is heard as said in that thread',
    notFor: ({ capabilities }) => (capabilities.threads === 'roots' ? undefined : 'declares no threads below a message'),
    async run(stage) {
      const room = await stage.room();
      const root = (await heard(stage, room, 'the root')).event.message.ref;

      const reply = (await heard(stage, room, 'a reply', root)).event.message.ref;
      const beside = (await heard(stage, room, 'not a reply')).event.message.ref;

      assert.equal(reply.thread, root.id, 'An answer to something would stand in the room as if it answered nothing');
      assert.ok(beside.thread === undefined || beside.thread === beside.id, 'What was said in the room would stand in a thread');
    },
  },
  {
    id: 'cp9-render-pure',
    rule: 'CP9',
    title: 'the same content is rendered to the same bytes',
    async run({ adapter, room }) {
      const content = { blocks: [{ t: 'p' as const, c: [{ t: 'text' as const, v: 'checkout is down' }] }], summary: 'down' };
      const where = await room();

      const [once, again] = [adapter.messages.render(content, where), adapter.messages.render(structuredClone(content), where)];

      assert.equal(JSON.stringify(once), JSON.stringify(again), 'After a crash other bytes would go out under the same key');
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
