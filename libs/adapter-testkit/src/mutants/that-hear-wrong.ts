import { settle } from '../eventually.ts';
import { but, type Mutant, withEnvelopes, withInlet } from './mutant.ts';

const TEN_MINUTES_MS = 600_000;

/** Wrong about how events come in: stored, named, in order, and from the platform alone. */
export const MUTANTS_THAT_HEAR_WRONG: readonly Mutant[] = [
  {
    id: 'cp1-stores-later',
    rule: 'CP1',
    wrong: 'acknowledges at once and stores when it can',
    caught: 'cp1-refused-socket',
    because: 'The first delivery failed in the core and the second did not',
    breaks: (adapter) =>
      withInlet(adapter, (inlet) => ({
        async admit(batch) {
          void inlet.admit(batch).catch(() => undefined);
        },
      })),
  },
  {
    id: 'cp1-commands-nobody-has',
    rule: 'CP1',
    wrong: 'acknowledges commands that nobody has',
    caught: 'cp1-command-socket',
    changes: 'that `ask` and `admit` reject for a command',
    because: 'The person was told that all is well with a command that nobody has',
    breaks: (adapter) =>
      withInlet(adapter, (inlet) => ({
        ask: (envelope, withinMs) => inlet.ask(envelope, withinMs).catch(() => ({ t: 'none' })),
        async admit(batch) {
          const isCommand = batch.some(({ event }) => event.type === 'command');
          await inlet.admit(batch).catch((error: unknown) => {
            if (!isCommand) throw error;
          });
        },
      })),
  },
  {
    id: 'cp2-bare-numbers',
    rule: 'CP2',
    wrong: 'names a message by its number alone',
    caught: 'cp2-equal-numbers',
    because: 'Two messages have one envelope id',
    breaks: (adapter) =>
      withEnvelopes(adapter, (e) => {
        if (e.event.type !== 'message.created' && e.event.type !== 'message.edited') return e;
        return { ...e, id: e.id.replace(`${e.event.message.ref.room.room}:`, '') };
      }),
  },
  {
    id: 'cp2-counts-deliveries',
    rule: 'CP2',
    wrong: 'gives a repeated delivery an id of its own',
    caught: 'cp2-repeated',
    because: 'One event was given several ids',
    changes: 'the id of an envelope whose `redelivery` is more than 0',
    breaks: (adapter) => withEnvelopes(adapter, (e) => (e.redelivery === 0 ? e : { ...e, id: `${e.id}:${e.redelivery}` })),
  },
  {
    id: 'cp2-counts-commands',
    rule: 'CP2',
    wrong: 'gives every delivery of a command an id of its own',
    caught: 'cp2-command-repeated',
    because: 'It would be done twice',
    breaks(adapter) {
      let heard = 0;
      return withEnvelopes(adapter, (e) => (e.event.type === 'command' ? { ...e, id: `${e.id}:${(heard += 1)}` } : e));
    },
  },
  {
    id: 'cp4-slow-links',
    rule: 'CP4',
    wrong: 'lets plain messages overtake those with links, which take it longer',
    caught: 'cp4-link-then-plain',
    by: 'socket',
    because: 'Decoding one of them took longer, and the next one overtook it',
    changes: 'how long `admit` takes for a message with https:// in it',
    breaks: (adapter) =>
      withInlet(adapter, (inlet) => ({
        async admit(batch) {
          if (JSON.stringify(batch).includes('https://')) await settle();
          return inlet.admit(batch);
        },
      })),
  },
  {
    id: 'cp4-deletions-overtake',
    rule: 'CP4',
    wrong: 'gives deletions a lane of their own',
    caught: 'cp4-deletion-lane',
    because: 'the deletion would delete nothing',
    breaks: (adapter) => withEnvelopes(adapter, (e) => (e.event.type === 'message.deleted' ? { ...e, lane: e.id } : e)),
  },
  {
    id: 'cp4-own-lanes',
    rule: 'CP4',
    wrong: 'gives every message a lane of its own',
    caught: 'cp4-lanes',
    because: 'Messages in different lanes are not kept in order',
    breaks: (adapter) => withEnvelopes(adapter, (e) => (e.event.type === 'message.created' ? { ...e, lane: e.id } : e)),
  },
  {
    id: 'cp9-fails-on-the-unknown',
    rule: 'CP9',
    wrong: 'fails on what it has never heard of',
    caught: 'cp9-unfamiliar',
    by: 'socket',
    because: 'it would be as unknown as before',
    breaks: (adapter) =>
      withInlet(adapter, (inlet) => ({
        async admit(batch) {
          if (batch.some((e) => e.event.type === 'unknown')) throw new TypeError('no such event');
          return inlet.admit(batch);
        },
      })),
  },
  {
    id: 'cp14-believes-the-future',
    rule: 'CP14',
    wrong: 'lets in what was signed ten minutes ahead',
    caught: 'cp14-future',
    because: 'Refused is a 4xx, not 200',
    breaks(adapter) {
      const { webhooks } = adapter;
      if (!webhooks) return adapter;
      return but(adapter, {
        webhooks: {
          async receive(request) {
            const received = await webhooks.receive(request);
            const isRefused = received.out.status >= 400 && received.out.status < 500;
            return isRefused ? webhooks.receive({ ...request, now: request.now + TEN_MINUTES_MS }) : received;
          },
        },
      });
    },
  },
];
