import { setImmediate as turn } from 'node:timers/promises';
import { refused } from '@musterhq/chat-port';
import { EMPTY } from 'rxjs';
import type { FakeBody } from '../fake/render.ts';
import { type Mutant, withEnvelopes, withInlet } from './mutant.ts';

/** One broken adapter a rule at least. Each is a mistake that a real adapter was seen to make, or nearly. */
export const MUTANTS: readonly Mutant[] = [
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
    rule: 'CP3',
    wrong: 'takes not having looked for not being there',
    caught: 'cp3-cannot-tell-error-before',
    breaks: (adapter) => ({
      ...adapter,
      messages: {
        ...adapter.messages,
        async reconcile(send, since, signal) {
          const found = await adapter.messages.reconcile?.(send, since, signal);
          // The silent history is CP6's business: it is left as it is.
          return found === undefined || (found === 'cannot-tell' && !signal.aborted) ? 'absent' : found;
        },
      },
    }),
  },
  {
    rule: 'CP3',
    wrong: 'calls a lost answer a refusal',
    caught: 'cp3-unknown-reset-after',
    breaks: (adapter) => ({
      ...adapter,
      messages: {
        ...adapter.messages,
        async send(send, signal) {
          const sent = await adapter.messages.send(send, signal);
          return sent.outcome === 'unknown' && !signal.aborted ? refused(sent.fault) : sent;
        },
      },
    }),
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
    rule: 'CP5',
    wrong: 'tries again by itself after a 429',
    caught: 'cp5-rate-limited',
    breaks: (adapter) => ({
      ...adapter,
      messages: {
        ...adapter.messages,
        async send(send, signal) {
          const sent = await adapter.messages.send(send, signal);
          const limited = sent.outcome === 'refused' && sent.fault.code === 'rate-limited';
          return limited ? adapter.messages.send(send, signal) : sent;
        },
      },
    }),
  },
  {
    rule: 'CP5',
    wrong: 'makes all rooms wait for a 429 in one',
    caught: 'cp5-other-room',
    breaks(adapter) {
      let paused = false;
      return {
        ...adapter,
        messages: {
          ...adapter.messages,
          async send(send, signal) {
            if (paused) return refused({ code: 'rate-limited', scope: 'room' });
            const sent = await adapter.messages.send(send, signal);
            paused = sent.outcome === 'refused' && sent.fault.code === 'rate-limited';
            return sent;
          },
        },
      };
    },
  },
  {
    rule: 'CP6',
    wrong: 'waits for the answer to an edit for ever',
    caught: 'cp6-edit',
    breaks: (adapter) => ({
      ...adapter,
      messages: {
        ...adapter.messages,
        edit: (message, send) =>
          adapter.messages.edit?.(message, send, new AbortController().signal) ??
          Promise.resolve(refused({ code: 'unsupported', scope: 'adapter' })),
      },
    }),
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
    rule: 'CP8',
    wrong: 'lets text be markup',
    caught: 'cp8-injections',
    breaks: (adapter) => ({
      ...adapter,
      messages: {
        ...adapter.messages,
        render(content, room) {
          const { parts, losses } = adapter.messages.render(content, room);
          return { parts: parts.map((part) => ({ ...part, body: unescaped(part.body as FakeBody) })), losses };
        },
      },
    }),
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
    rule: 'CP10',
    wrong: 'says the first part and forgets the rest',
    caught: 'cp10-above-the-limit',
    breaks: (adapter) => ({
      ...adapter,
      messages: {
        ...adapter.messages,
        render(content, room) {
          const { parts, losses } = adapter.messages.render(content, room);
          return { parts: parts.slice(0, 1), losses };
        },
      },
    }),
  },
  {
    rule: 'CP12',
    wrong: 'makes another room each time it is asked',
    caught: 'cp12-twice',
    breaks(adapter) {
      let asked = 0;
      const { rooms } = adapter;
      return {
        ...adapter,
        ...(rooms && {
          rooms: { ...rooms, create: (spec, signal) => rooms.create({ ...spec, key: `${spec.key}-${(asked += 1)}` }, signal) },
        }),
      };
    },
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
];

const unescaped = (body: FakeBody): FakeBody => ({ ...body, markup: body.markup.replaceAll('&lt;', '<').replaceAll('&gt;', '>') });
