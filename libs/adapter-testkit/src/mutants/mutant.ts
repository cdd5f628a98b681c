import type { ChatAdapter, Envelope, Inlet } from '@musterhq/chat-port';
import type { Rule } from '../case.ts';

/** The fake adapter with one promise broken. */
export interface Mutant {
  readonly rule: Rule;
  /** What it does wrong, as its author would not have put it. */
  readonly wrong: string;
  /** A case that has to notice. All other cases that notice have to be of the same rule. */
  readonly caught: string;
  breaks(adapter: ChatAdapter): ChatAdapter;
}

/** The adapter with something between it and the core's door. */
export const withInlet = (adapter: ChatAdapter, wrap: (inlet: Inlet) => Inlet): ChatAdapter => ({
  ...adapter,
  connect: (inlet, signal) => adapter.connect?.(wrap(inlet), signal) ?? Promise.resolve(),
});

/** The adapter with every envelope changed, by whatever way it comes. */
export const withEnvelopes = (adapter: ChatAdapter, change: (envelope: Envelope) => Envelope): ChatAdapter => {
  const changed = withInlet(adapter, (inlet) => ({
    admit: (batch) => inlet.admit(batch.map(change)),
    ask: (envelope, withinMs) => inlet.ask(change(envelope), withinMs),
  }));
  const { webhooks, history } = adapter;
  return {
    ...changed,
    ...(webhooks && {
      webhooks: {
        async receive(request) {
          const received = await webhooks.receive(request);
          return { ...received, envelopes: received.envelopes.map(change) };
        },
      },
    }),
    ...(history && {
      history: {
        async page(q, signal) {
          const read = await history.page(q, signal);
          if (read.outcome !== 'done') return read;
          return { ...read, value: { ...read.value, envelopes: read.value.envelopes.map(change) } };
        },
      },
    }),
  };
};
