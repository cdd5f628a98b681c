import assert from 'node:assert/strict';
import { type MessageEnvelope, envelopeOf, heard, isAbout, messageOf } from '../acts.ts';
import type { Case } from '../case.ts';
import { eventually } from '../eventually.ts';
import { feature, needs, stunt, transport } from '../needs.ts';

const idsOf = (envelopes: readonly MessageEnvelope[]): string[] => [...new Set(envelopes.map((e) => e.id))];

export const onceInside: readonly Case[] = [
  {
    id: 'cp2-repeated',
    rule: 'CP2',
    title: 'a message delivered three times is one event',
    async run(stage) {
      const room = await stage.room();

      const message = messageOf(await stage.inject({ do: 'say', room, text: 'hello' }, { times: 3 }));

      const arrived = await eventually('the message to arrive three times', () => {
        const all = stage.inlet.offered.filter(isAbout(message));
        return all.length >= 3 && all;
      });
      assert.equal(idsOf(arrived).length, 1, `One event was given several ids: ${idsOf(arrived).join(', ')}`);
    },
  },
  {
    id: 'cp2-two-transports',
    rule: 'CP2',
    title: 'a message that comes by webhook and by socket is one event',
    notFor: needs(transport('webhook', 'socket')),
    async run(stage) {
      const room = await stage.room();

      const injection = await stage.inject({ do: 'say', room, text: 'hello' }, { transport: 'webhook', alsoBy: 'socket' });

      assert.equal(injection.deliveries.length, 2, 'The harness has to deliver it over both transports');
      const arrived = stage.inlet.admitted.filter(isAbout(messageOf(injection)));
      assert.equal(arrived.length, 2, 'The message has to arrive over both transports');
      assert.equal(idsOf(arrived).length, 1, `One event was given several ids: ${idsOf(arrived).join(', ')}`);
    },
  },
  {
    id: 'cp2-late-repeat',
    rule: 'CP2',
    title: 'a message repeated a minute later is still the same event',
    async run(stage) {
      const room = await stage.room();

      const message = messageOf(await stage.inject({ do: 'say', room, text: 'hello' }, { times: 2, delayMs: 60_000 }));

      const arrived = stage.inlet.offered.filter(isAbout(message));
      assert.equal(arrived.length, 2, 'The message has to arrive twice');
      assert.equal(idsOf(arrived).length, 1, `One event was given several ids: ${idsOf(arrived).join(', ')}`);
    },
  },
  {
    id: 'cp2-equal-numbers',
    rule: 'CP2',
    title: 'two rooms with an equal message number are two events',
    notFor: needs(stunt('same-number')),
    async run(stage) {
      const [one, other] = [await stage.room('one'), await stage.room('other')];
      const first = await heard(stage, one, 'in one room');

      const injection = await stage.inject({ do: 'say', room: other, text: 'in another', sameNumberAs: first.event.message.ref });

      const second = await envelopeOf(stage, messageOf(injection));
      assert.equal(second.event.message.ref.id, first.event.message.ref.id, 'The harness has to give both messages one number');
      assert.notEqual(second.id, first.id, 'Two messages have one envelope id: the core will drop the second');
    },
  },
  {
    id: 'cp2-id-form',
    rule: 'CP2',
    title: 'a message’s envelope id ends with its room and its number',
    async run(stage) {
      const room = await stage.room();

      const { id, event } = await heard(stage, room, 'hello');

      const ending = `${room.room}:${event.message.ref.id}`;
      assert.ok(id.endsWith(ending), `${id} does not end with ${ending}`);
    },
  },
  {
    id: 'cp2-edits',
    rule: 'CP2',
    title: 'a message and each of its edits are events of their own, and a repeated edit is not',
    notFor: needs(feature('event.edit'), stunt('edit')),
    async run(stage) {
      const room = await stage.room();
      const { event } = await heard(stage, room, 'first');
      const message = event.message.ref;

      await stage.inject({ do: 'edit', message, text: 'second' }, { times: 2 });
      await stage.inject({ do: 'edit', message, text: 'third' });

      const arrived = await eventually('three edits to arrive', () => {
        const all = stage.inlet.offered.filter(isAbout(message));
        return all.length >= 4 && all;
      });
      assert.equal(idsOf(arrived).length, 3, `One message and two edits have to have three ids, not ${idsOf(arrived).join(', ')}`);
    },
  },
  {
    id: 'cp2-command-repeated',
    rule: 'CP2',
    title: 'a command delivered twice is one event',
    notFor: needs(stunt('command')),
    async run(stage) {
      const room = await stage.room();

      const { deliveries } = await stage.inject({ do: 'command', room, name: 'incident', text: 'checkout is down' }, { times: 2 });

      const offered = stage.inlet.offered.filter((e) => e.event.type === 'command');
      const names = new Set(offered.map(({ id, sameAs }) => sameAs?.key ?? id));
      assert.ok(offered.length >= deliveries.length, 'The command has to arrive each time that it is delivered');
      assert.equal(names.size, 1, `It would be done twice, as two commands: ${[...names].join(', ')}`);
    },
  },
  {
    id: 'cp2-commands',
    rule: 'CP2',
    title: 'the same command typed twice is two events',
    notFor: needs(stunt('command')),
    async run(stage) {
      const room = await stage.room();

      await stage.inject({ do: 'command', room, name: 'incident', text: 'again' });
      await stage.inject({ do: 'command', room, name: 'incident', text: 'again' });

      const ids = stage.inlet.ofType('command').map((e) => e.id);
      assert.equal(new Set(ids).size, 2, `A person typed twice, and the core would handle it once: ${ids.join(', ')}`);
    },
  },
];
