import {
  type AdapterContext,
  type Attempt,
  type Capabilities,
  type ChatAdapter,
  type Files,
  type Health,
  type History,
  type Inlet,
  type People,
  unknown,
} from '@musterhq/chat-port';
import { ReplaySubject, type Subject } from 'rxjs';
import type { ChatTrouble } from '../chat-trouble.ts';
import { AnswerCheck } from './answer-check.ts';
import { AdapterFailed } from './outside.errors.ts';
import { OutsideThread, type Wishes } from './outside-thread.ts';
import { Sources } from './sources.ts';
import type { Assignment, Method } from './wire.types.ts';

const RECEIVING_MS = 10_000;
const CLOSING_MS = 2_000;

/** What an adapter can do of which nothing is known any more: words, and nothing that has to be undone. */
const NOTHING_KNOWN: Capabilities = {
  rev: 'not-known',
  features: {},
  threads: 'none',
  limits: { textChars: 1_000 },
  rates: [],
  reconcile: 'none',
  echo: 'none',
  formsFrom: [],
};

/**
 * An adapter from outside, in a thread of its own. Every call ends by its signal, a throw is an `unknown`, and what is no answer
 * of the contract is a throw. `health$` ends with a `ChatTrouble` when the thread ended: that adapter is no more.
 */
export async function outsideAdapter(what: Pick<Assignment, 'package' | 'folders'>, context: AdapterContext): Promise<ChatAdapter> {
  const { instance, config, hookUrl, log } = context;
  const answers = new AnswerCheck(instance);
  const health$: Subject<Health> = new ReplaySubject<Health>(1);
  const inlet: { current: Inlet | null } = { current: null };
  const sources = new Sources();
  const thread = new OutsideThread(
    { ...what, instance, config, hookUrl, purpose: 'chat' },
    {
      wishes: wishesOf(context, answers, inlet, sources),
      health: (given) => tell(health$, answers, given),
      log: ({ level, facts, message }) => log[level]({ ...facts, instance }, message),
      ended: (trouble: ChatTrouble) => health$.error(trouble),
    },
  );
  try {
    const has = await thread.ready();
    return adapterOver(thread, has, answers, health$, inlet, sources, context);
  } catch (error) {
    await thread.stop();
    throw error;
  }
}

function tell(health$: Subject<Health>, answers: AnswerCheck, given: unknown): void {
  try {
    health$.next(answers.health(given));
  } catch (error) {
    // What is no health changes nothing.
    if (!(error instanceof AdapterFailed)) throw error;
  }
}

function adapterOver(
  thread: OutsideThread,
  has: readonly Method[],
  answers: AnswerCheck,
  health$: Subject<Health>,
  inlet: { current: Inlet | null },
  sources: Sources,
  { instance, log }: AdapterContext,
): ChatAdapter {
  const only = <T>(method: Method, facet: T): T | undefined => (has.includes(method) ? facet : undefined);
  const ask = async <T>(read: (given: unknown) => T, method: Method, given: readonly unknown[], signal: AbortSignal): Promise<T> => {
    try {
      return read(await thread.call(method, given, signal));
    } catch (error) {
      const why = error instanceof AdapterFailed ? { why: error.message } : { error };
      if (!signal.aborted) log.warn({ instance, method, ...why }, 'adapter failed');
      throw error;
    }
  };
  const attempt = <T>(
    read: (given: unknown) => Attempt<T>,
    method: Method,
    given: readonly unknown[],
    signal: AbortSignal,
  ): Promise<Attempt<T>> => ask(read, method, given, signal).catch((error: unknown) => outcomeOf(error, signal));
  let known = NOTHING_KNOWN;

  return omitAbsent<ChatAdapter>({
    capabilities: (room) => {
      try {
        return (known = answers.capabilities(thread.now('capabilities', [room])));
      } catch {
        return known;
      }
    },
    messages: omitAbsent<ChatAdapter['messages']>({
      render: (content, room) => answers.rendering(thread.now('messages.render', [content, room])),
      send: (send, signal) => attempt(answers.receipt, 'messages.send', [send], signal),
      reconcile: only('messages.reconcile', (send, since, signal) => ask(answers.seen, 'messages.reconcile', [send, since], signal)),
      edit: only('messages.edit', (message, send, signal) => attempt(answers.receipt, 'messages.edit', [message, send], signal)),
      remove: only('messages.remove', (message, signal) => attempt(answers.nothing, 'messages.remove', [message], signal)),
      react: only('messages.react', (message, emoji, on, signal) =>
        attempt(answers.nothing, 'messages.react', [message, emoji, on], signal),
      ),
    }),
    webhooks: only('webhooks', {
      receive: async (request) => {
        // A view crosses with all that is behind it, which is other requests' too.
        const own = { ...request, body: Uint8Array.from(request.body) };
        const { answer, ...received } = await ask(answers.received, 'webhooks.receive', [own], AbortSignal.timeout(RECEIVING_MS));
        if (!answer) return received;
        return {
          ...received,
          answer: { withinMs: answer.withinMs, encode: (said) => answers.out(thread.now('encode', [answer.encoder, said])) },
        };
      },
    }),
    connect: only('connect', async (given, signal) => {
      inlet.current = given;
      signal.addEventListener('abort', () => (inlet.current = null), { once: true });
      await thread.call('connect', [], signal);
    }),
    renewSilent: only('renewSilent', () => {
      ask(() => undefined, 'renewSilent', [], AbortSignal.timeout(CLOSING_MS)).catch(() => undefined);
    }),
    rooms: only('rooms', {
      create: (spec, signal) => attempt(answers.room, 'rooms.create', [spec], signal),
      get: (room, signal) => attempt(answers.roomIfAny, 'rooms.get', [room], signal),
      change: (room, to, signal) => attempt(answers.room, 'rooms.change', [room, to], signal),
    }),
    people: only(
      'people',
      omitAbsent<People>({
        find: (by, tenant, signal) => attempt(answers.profiles, 'people.find', [by, tenant], signal),
        called: only('people.called', (what, tenant, signal) => attempt(answers.called, 'people.called', [what, tenant], signal)),
        direct: only('people.direct', (user, signal) => attempt(answers.direct, 'people.direct', [user], signal)),
      }),
    ),
    history: only(
      'history',
      omitAbsent<History>({
        page: (query, signal) => attempt(answers.page, 'history.page', [query], signal),
        pins: only('history.pins', (room, signal) => attempt(answers.pins, 'history.pins', [room], signal)),
      }),
    ),
    forms: only('forms', { open: (via, form, signal) => attempt(answers.nothing, 'forms.open', [via, form], signal) }),
    answers: only('answers', { give: (via, answer, signal) => attempt(answers.nothing, 'answers.give', [via, answer], signal) }),
    files: only(
      'files',
      omitAbsent<Files>({
        open: async (room, file, signal) => {
          const opened = await attempt(answers.opened, 'files.open', [room, file], signal);
          return opened.outcome === 'done' ? { ...opened, value: bytesOf(thread, answers, opened.value.stream, signal) } : opened;
        },
        look: only('files.look', (room, file, signal) => attempt(answers.file, 'files.look', [room, file], signal)),
        put: (room, key, bytes, meta, signal) =>
          sources.lend(bytes, (source) => attempt(answers.file, 'files.put', [room, key, source, meta], signal)),
        remove: only('files.remove', (room, file, signal) => attempt(answers.nothing, 'files.remove', [room, file], signal)),
      }),
    ),
    home: only('home', { publish: (user, content, signal) => attempt(answers.nothing, 'home.publish', [user, content], signal) }),
    statusFeed: only('statusFeed', {
      address: () => answers.address(thread.now('statusFeed.address', [])),
      read: (body) => answers.admitted(thread.now('statusFeed.read', [body])),
    }),
    health$: health$.asObservable(),
    close: async () => {
      await thread.call('close', [], AbortSignal.timeout(CLOSING_MS)).catch(() => undefined);
      await thread.stop();
      health$.complete();
    },
  });
}

/** Read as it is asked for, until the signal ends. What is not read to its end is let go. */
function bytesOf(thread: OutsideThread, answers: AnswerCheck, stream: number, signal: AbortSignal): AsyncIterable<Uint8Array> {
  const letGo = (): void => void thread.call('files.close', [stream], AbortSignal.timeout(CLOSING_MS)).catch(() => undefined);
  signal.addEventListener('abort', letGo, { once: true });
  return (async function* () {
    try {
      for (;;) {
        const piece = answers.piece(await thread.call('files.read', [stream], signal));
        if (piece === null) return;
        yield piece;
      }
    } finally {
      signal.removeEventListener('abort', letGo);
      letGo();
    }
  })();
}

/** All that the contract has is named: a new facet does not compile until it crosses. */
type WithAbsent<T> = { [K in keyof Required<T>]: T[K] };

/** A facet that is absent is absent, and not there as nothing. */
const omitAbsent = <T extends object>(all: WithAbsent<T>): T =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as T;

/** A throw counts as unknown; `native` says that there was no outcome. */
function outcomeOf(error: unknown, signal: AbortSignal): Attempt<never> {
  if (signal.aborted) return unknown({ code: 'timeout', scope: 'message', detail: 'The chat did not answer in time.' });
  return unknown({
    code: 'protocol',
    scope: 'message',
    native: 'thrown',
    detail: error instanceof AdapterFailed ? error.message : 'Our fault.',
  });
}

function wishesOf(context: AdapterContext, answers: AnswerCheck, inlet: { readonly current: Inlet | null }, sources: Sources): Wishes {
  const door = (): Inlet => {
    if (!inlet.current) throw new AdapterFailed('The door is closed. Do not acknowledge this.');
    return inlet.current;
  };
  return async (wish, [first, second, third]) => {
    switch (wish) {
      case 'tenants':
        return context.tenants();
      case 'secret':
        return context.secrets.get(text(first), optional(second));
      case 'keep-secret':
        return context.secrets.put(text(first), text(second), optional(third));
      case 'recall':
        return context.kv.get(text(first));
      case 'remember':
        return context.kv.set(text(first), text(second), typeof third === 'number' ? third : undefined);
      case 'admit':
        return door().admit(answers.envelopes(first));
      case 'ask':
        return door().ask(answers.envelopes([first])[0]!, Number(second));
      case 'piece':
        return sources.next(first);
    }
  };
}

function text(given: unknown): string {
  if (typeof given === 'string' && given.length <= 64 * 1024) return given;
  throw new AdapterFailed('Names and values are text, and not too long.');
}

const optional = (given: unknown): string | undefined => (typeof given === 'string' ? given : undefined);
