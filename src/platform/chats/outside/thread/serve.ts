import type { Answer, ChatAdapter, Envelope, Health, HttpIn, HttpOut, Inlet, Received, Setup } from '@musterhq/chat-port';
import type { Method } from '../wire.types.ts';
import type { CoreLine, Serve } from './core-line.ts';
import { Streams } from './streams.ts';
import { Unfit } from './unfit.ts';

/** Events that were given to the core and are not stored yet. More is refused, so that the platform sends it again. */
const EVENTS_AT_ONCE = 2_000;
const HEALTH_MS = 100;
const TENANTS = 1_000;
/** Answers that the core may still ask to have written down. It does so at once. */
const ENCODERS = 500;

type Facet = Exclude<keyof ChatAdapter, 'capabilities' | 'messages' | 'health$' | 'close'>;

/** What the contract does not require. A new facet does not compile until it is here. */
const FACETS: Readonly<Record<Facet, true>> = {
  webhooks: true,
  connect: true,
  renewSilent: true,
  rooms: true,
  people: true,
  history: true,
  forms: true,
  answers: true,
  files: true,
  home: true,
  statusFeed: true,
};
const OPTIONAL: readonly Method[] = [
  ...Object.keys(FACETS),
  ...['reconcile', 'edit', 'remove', 'react'].map((name) => `messages.${name}`),
  ...['look', 'remove'].map((name) => `files.${name}`),
  'history.pins',
];
const REQUIRED: readonly Method[] = ['capabilities', 'messages.render', 'messages.send', 'health$.subscribe', 'close'];

/** @throws Unfit when it lacks what the smallest adapter has */
export function serveAdapter(core: CoreLine, adapter: ChatAdapter): { readonly has: readonly Method[] } {
  const missing = REQUIRED.filter((method) => typeof find(adapter, method) !== 'function');
  if (missing.length > 0) throw new Unfit(`The adapter lacks what every adapter has: ${missing.join(', ')}. Tell whoever makes it.`);
  const has = OPTIONAL.filter((method) => find(adapter, method) !== undefined);
  if (!has.includes('webhooks') && !has.includes('connect'))
    throw new Unfit('The adapter has neither webhooks nor connect, so it would hear nothing. Tell whoever makes it.');

  const encoders = new Encoders();
  const streams = new Streams();
  const special: Readonly<Record<Method, Serve>> = {
    'webhooks.receive': async (_, [request]) => encoders.keep(await adapter.webhooks?.receive(request as HttpIn)),
    encode: (_, [id, answer]) => encoders.encode(id as number, answer as Answer),
    connect: (_, __, signal) => adapter.connect?.(inletOver(core), signal),
    renewSilent: () => adapter.renewSilent?.(),
    close: () => adapter.close(),
    capabilities: (_, [room]) => adapter.capabilities(room as never),
    'files.open': (_, [room, file], signal) =>
      streams.opened(signal, (reading) => adapter.files?.open(room as never, file as never, reading)),
    'files.read': (_, [stream], signal) => streams.read(stream as number, signal),
    'files.close': (_, [stream]) => streams.close(stream as number),
    'files.put': (_, [room, key, source, meta], signal) =>
      adapter.files?.put(room as never, key as string, piecesOf(core, source), meta as never, signal),
    'messages.render': (_, [content, room]) => adapter.messages.render(content as never, room as never),
  };
  core.serve((method, given, signal) => {
    const serve = special[method];
    return serve ? serve(method, given, signal) : call(adapter, method, [...given, signal]);
  });
  tellHealth(core, adapter);
  return { has };
}

export function serveSetup(core: CoreLine, setup: Setup | null): void {
  core.serve((method, given) => {
    if (method === 'steps') return setup?.steps();
    return setup?.artefact(String(given[0])).then(({ mime, bytes }) => ({ mime, base64: Buffer.from(bytes).toString('base64') }));
  });
}

function find(adapter: ChatAdapter, method: Method): unknown {
  return method.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | null | undefined)?.[name], adapter);
}

/** With its own `this`, whatever an adapter is made of. */
function call(adapter: ChatAdapter, method: Method, given: readonly unknown[]): unknown {
  const [facet = '', name = ''] = method.split('.');
  const owner = adapter[facet as keyof ChatAdapter] as unknown as Record<string, (...all: readonly unknown[]) => unknown>;
  return owner[name]?.(...given);
}

/** The newest of each tenant, ten times a second at most. */
function tellHealth(core: CoreLine, adapter: ChatAdapter): void {
  const waiting = new Map<string, Health>();
  let pausing = false;
  const tell = (): void => {
    pausing = waiting.size > 0;
    if (!pausing) return;
    for (const health of waiting.values()) core.say({ t: 'health', json: JSON.stringify(health) });
    waiting.clear();
    setTimeout(tell, HEALTH_MS);
  };
  adapter.health$.subscribe({
    next: (health) => {
      if (!waiting.has(health.tenant ?? '') && waiting.size >= TENANTS) return;
      waiting.set(health.tenant ?? '', health);
      if (!pausing) tell();
    },
    error: (error: unknown) => {
      // Not into the hands of whoever says it: this adapter is no more.
      setImmediate(() => {
        throw error;
      });
    },
  });
}

function inletOver(core: CoreLine): Inlet {
  let under = 0;
  const counted = async <T>(events: number, work: () => Promise<T>): Promise<T> => {
    if (under + events > EVENTS_AT_ONCE) throw new Error('Too many events are on their way in. Do not acknowledge these; they come again.');
    under += events;
    try {
      return await work();
    } finally {
      under -= events;
    }
  };
  return {
    admit: (batch) => counted(batch.length, () => core.wish('admit', [batch.map(withoutRaw)])),
    ask: (envelope, withinMs) => counted(1, () => core.wish('ask', [withoutRaw(envelope), withinMs])),
  };
}

/** What the core lends, as it is asked for. */
async function* piecesOf(core: CoreLine, source: unknown): AsyncIterable<Uint8Array> {
  for (;;) {
    const piece = await core.wish<Uint8Array | null>('piece', [source]);
    if (piece === null) return;
    yield piece;
  }
}

/** What the platform sent is for finding faults, and may be anything. */
const withoutRaw = ({ raw: _, ...envelope }: Envelope): Envelope => envelope;

/** `answer.encode` cannot cross the line; its number does. */
class Encoders {
  private readonly kept = new Map<number, (answer: Answer) => HttpOut>();
  private last = 0;

  keep(received: Received | undefined): unknown {
    if (!received?.answer) return received;
    const { withinMs, encode } = received.answer;
    const id = ++this.last;
    this.kept.set(id, encode);
    this.kept.delete(id - ENCODERS);
    return { ...received, answer: { withinMs, encoder: id } };
  }

  encode(id: number, answer: Answer): HttpOut {
    const encode = this.kept.get(id);
    this.kept.delete(id);
    if (!encode) throw new Error('nothing to encode');
    return encode(answer);
  }
}
