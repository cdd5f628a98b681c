import { setImmediate as turn } from 'node:timers/promises';
import { EMPTY, filter } from 'rxjs';
import { type Mutant, withEnvelopes, withInlet } from './mutant.ts';

/** Wrong about what comes in: events, history, requests, and how things are. */
export const MUTANTS_THAT_HEAR_WRONG: readonly Mutant[] = [
  {
    rule: 'CP1',
    wrong: 'acknowledges at once and stores when it can',
    caught: 'cp1-refused-socket',
    breaks: (adapter) =>
      withInlet(adapter, (inlet) => ({
        ...inlet,
        async admit(batch) {
          void inlet.admit(batch).catch(() => undefined);
        },
        ask: (envelope, withinMs) => inlet.ask(envelope, withinMs),
      })),
  },
  {
    rule: 'CP1',
    wrong: 'acknowledges commands that nobody has',
    caught: 'cp1-command-socket',
    breaks: (adapter) =>
      withInlet(adapter, (inlet) => ({
        admit: (batch) => inlet.admit(batch),
        ask: (envelope, withinMs) => inlet.ask(envelope, withinMs).catch(() => ({ t: 'none' })),
      })),
  },
  {
    rule: 'CP2',
    wrong: 'names a message by its number alone',
    caught: 'cp2-equal-numbers',
    breaks: (adapter) => withEnvelopes(adapter, (e) => ({ ...e, id: e.id.replace(/^R\d+:/, '') })),
  },
  {
    rule: 'CP2',
    wrong: 'gives a repeated delivery an id of its own',
    caught: 'cp2-repeated',
    breaks: (adapter) => withEnvelopes(adapter, (e) => (e.redelivery === 0 ? e : { ...e, id: `${e.id}:${e.redelivery}` })),
  },
  {
    rule: 'CP4',
    wrong: 'lets plain messages overtake those with links, which take it longer',
    caught: 'cp4-link-then-plain',
    breaks: (adapter) =>
      withInlet(adapter, (inlet) => ({
        async admit(batch) {
          if (JSON.stringify(batch).includes('https://')) await turn();
          return inlet.admit(batch);
        },
        ask: (envelope, withinMs) => inlet.ask(envelope, withinMs),
      })),
  },
  {
    rule: 'CP4',
    wrong: 'gives every message a lane of its own',
    caught: 'cp4-lanes',
    breaks: (adapter) => withEnvelopes(adapter, (e) => (e.event.type === 'message.created' ? { ...e, lane: e.id } : e)),
  },
  {
    rule: 'CP7',
    wrong: 'takes its own posts for a person’s',
    caught: 'cp7-echo',
    breaks: (adapter) =>
      withEnvelopes(adapter, (e) => {
        if (e.event.type !== 'message.created' || e.event.message.origin !== 'self') return e;
        const { key: _key, ...message } = e.event.message;
        return { ...e, event: { ...e.event, message: { ...message, origin: 'human' } } };
      }),
  },
  {
    rule: 'CP7',
    wrong: 'does not hear itself at all',
    caught: 'cp7-echo',
    breaks: (adapter) =>
      withInlet(adapter, (inlet) => ({
        admit: (batch) => inlet.admit(batch.filter((e) => !('message' in e.event && e.event.message?.origin === 'self'))),
        ask: (envelope, withinMs) => inlet.ask(envelope, withinMs),
      })),
  },
  {
    rule: 'CP9',
    wrong: 'fails on what it has never heard of',
    caught: 'cp9-unfamiliar',
    breaks: (adapter) =>
      withInlet(adapter, (inlet) => ({
        async admit(batch) {
          if (batch.some((e) => e.event.type === 'unknown')) throw new TypeError('no such event');
          return inlet.admit(batch);
        },
        ask: (envelope, withinMs) => inlet.ask(envelope, withinMs),
      })),
  },
  {
    rule: 'CP13',
    wrong: 'begins each page with the last message of the one before',
    caught: 'cp13-pages',
    breaks: (adapter) => ({
      ...adapter,
      ...(adapter.history && {
        history: {
          page: ({ cursor, ...q }, signal) =>
            (adapter.history as NonNullable<typeof adapter.history>).page(
              { ...q, ...(cursor !== undefined && { cursor: String(Number(cursor) - 1) }) },
              signal,
            ),
        },
      }),
    }),
  },
  {
    rule: 'CP13',
    wrong: 'gives what it reads back ids of their own',
    caught: 'cp13-messages',
    breaks(adapter) {
      const { history } = withEnvelopes(adapter, (e) => ({ ...e, id: `history:${e.id}` }));
      return { ...adapter, ...(history && { history }) };
    },
  },
  {
    rule: 'CP14',
    wrong: 'believes the request about the time',
    caught: 'cp14-future',
    breaks: (adapter) => ({
      ...adapter,
      ...(adapter.webhooks && {
        webhooks: {
          receive: (request) =>
            (adapter.webhooks as NonNullable<typeof adapter.webhooks>).receive({ ...request, now: Number(request.headers['x-fake-time']) }),
        },
      }),
    }),
  },
  {
    rule: 'CP15',
    wrong: 'does not say how it is to those who ask late',
    caught: 'cp15-ready',
    breaks: (adapter) => ({ ...adapter, health$: EMPTY }),
  },
  {
    rule: 'CP15',
    wrong: 'says that all is well when its token is revoked',
    caught: 'cp15-unauthorized',
    breaks: (adapter) => ({ ...adapter, health$: adapter.health$.pipe(filter(({ state }) => state !== 'unauthorized')) }),
  },
];
