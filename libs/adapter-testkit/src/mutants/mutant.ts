import type { AdapterPlugin, ChatAdapter, Envelope, Inlet, Messages, Page } from '@musterhq/chat-port';
import type { Rule } from '../case.ts';
import type { Transport } from '../harness.ts';

/** An adapter with one promise broken. */
export interface Mutant {
  /** Begins with its rule. */
  readonly id: string;
  readonly rule: Rule;
  /** What it does wrong, as its author would not have put it. */
  readonly wrong: string;
  /** A case that has to notice. All other cases that notice have to be of the same rule. */
  readonly caught: string;
  /** What that case says then. */
  readonly because: string;
  /** What of the adapter is another, where `wrong` does not say it: an adapter that does nothing of the kind is not changed. */
  readonly changes?: string;
  /** The transport that the mistake is made with: where events come by another, nobody can make it. */
  readonly by?: Transport;
  /** It knows what the fake's parts look like: in another adapter it breaks more than one promise, or none. */
  readonly isOfTheFake?: true;
  breaks(adapter: ChatAdapter): ChatAdapter;
  /** What is wrong with how it is made. */
  begins?(plugin: AdapterPlugin): AdapterPlugin;
}

/**
 * The same with these members instead of its own; what it does not have it does not get. It may be an instance of a class, so
 * it is kept whole and not copied.
 */
export const but = <T extends object>(whole: T, changes: Partial<T>): T =>
  new Proxy(whole, {
    get(target, name) {
      const own: unknown = Reflect.get(target, name);
      if (own !== undefined && Object.hasOwn(changes, name)) return changes[name as keyof T];
      return typeof own === 'function' ? own.bind(target) : own;
    },
  });

export const withMessages = (adapter: ChatAdapter, changes: (own: Messages) => Partial<Messages>): ChatAdapter =>
  but(adapter, { messages: but(adapter.messages, changes(adapter.messages)) });

/** The adapter with something between it and the core's door. */
export const withInlet = (adapter: ChatAdapter, wrap: (inlet: Inlet) => Partial<Inlet>): ChatAdapter =>
  but(adapter, { connect: (inlet, signal) => adapter.connect?.(but(inlet, wrap(inlet)), signal) ?? Promise.resolve() });

/** The adapter with every envelope changed, by whatever way it comes. */
export const withEnvelopes = (adapter: ChatAdapter, change: (envelope: Envelope) => Envelope): ChatAdapter =>
  withHistory(
    withBatches(adapter, (batch) => batch.map(change)),
    change,
  );

/** The adapter with what it admits changed, live. What is answered at once stays one. */
export const withBatches = (adapter: ChatAdapter, change: (batch: Envelope[]) => Envelope[]): ChatAdapter =>
  but(
    withInlet(adapter, (inlet) => ({
      admit: (batch) => inlet.admit(change(batch)),
      ask: (envelope, withinMs) => inlet.ask(change([envelope])[0] ?? envelope, withinMs),
    })),
    withWebhooks(adapter, change),
  );

function withWebhooks({ webhooks }: ChatAdapter, change: (batch: Envelope[]) => Envelope[]): Partial<ChatAdapter> {
  if (!webhooks) return {};
  return {
    webhooks: {
      async receive(request) {
        const received = await webhooks.receive(request);
        return { ...received, envelopes: change(received.envelopes) };
      },
    },
  };
}

/** The adapter with every envelope of its history changed, and no other. */
export const withHistory = (adapter: ChatAdapter, change: (envelope: Envelope) => Envelope): ChatAdapter =>
  withPages(adapter, (page) => ({ ...page, envelopes: page.envelopes.map(change) }));

/** The adapter with every page of its history changed. */
export function withPages(adapter: ChatAdapter, change: (page: Page) => Page): ChatAdapter {
  const { history } = adapter;
  if (!history) return adapter;
  return but(adapter, {
    history: but(history, {
      async page(q, signal) {
        const read = await history.page(q, signal);
        return read.outcome === 'done' ? { ...read, value: change(read.value) } : read;
      },
    }),
  });
}
