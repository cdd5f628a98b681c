import { filter, skip } from 'rxjs';
import { text } from '../acts.ts';
import { but, type Mutant } from './mutant.ts';

/** Wrong about how they are. */
export const MUTANTS_THAT_HIDE_HOW_THEY_ARE: readonly Mutant[] = [
  {
    id: 'cp15-tells-nobody',
    rule: 'CP15',
    wrong: 'does not say how it is to those who ask late',
    caught: 'cp15-ready',
    because: 'for health$ to tell its latest value',
    breaks: (adapter) => but(adapter, { health$: adapter.health$.pipe(skip(1)) }),
  },
  {
    id: 'cp15-never-offline',
    rule: 'CP15',
    wrong: 'says that all is well when the platform is gone',
    caught: 'cp15-offline',
    because: 'for health$ to be offline',
    breaks: (adapter) => but(adapter, { health$: adapter.health$.pipe(filter(({ state }) => state !== 'offline')) }),
  },
  {
    id: 'cp15-gives-up',
    rule: 'CP15',
    wrong: 'listens no more once the platform was gone',
    caught: 'cp15-back',
    because: 'nobody is heard there any more',
    by: 'socket',
    breaks(adapter) {
      const lost = new AbortController();
      adapter.health$.pipe(filter(({ state }) => state === 'offline')).subscribe(() => lost.abort());
      return but(adapter, {
        connect: (inlet, signal) => adapter.connect?.(inlet, AbortSignal.any([signal, lost.signal])) ?? Promise.resolve(),
      });
    },
  },
  {
    id: 'cp15-hangs-up',
    rule: 'CP15',
    wrong: 'gives its lines up when they are to be opened anew',
    caught: 'cp15-renewed',
    because: 'a message that is delivered after the lines were opened anew',
    by: 'socket',
    changes: 'what `renewSilent` does',
    breaks(adapter) {
      const lost = new AbortController();
      return but(adapter, {
        renewSilent: () => lost.abort(),
        connect: (inlet, signal) => adapter.connect?.(inlet, AbortSignal.any([signal, lost.signal])) ?? Promise.resolve(),
      });
    },
  },
  {
    id: 'cp15-has-to-listen-first',
    rule: 'CP15',
    wrong: 'throws when it is to open its lines anew and has none',
    caught: 'cp15-renewed-nothing',
    because: 'Muster asks at any time',
    changes: 'what `renewSilent` does',
    breaks(adapter) {
      let listens = false;
      return but(adapter, {
        connect: (inlet, signal) => ((listens = true), adapter.connect?.(inlet, signal) ?? Promise.resolve()),
        renewSilent: () => {
          if (!listens) throw new Error('not connected');
          adapter.renewSilent?.();
        },
      });
    },
  },
  {
    id: 'cp15-hides-revocation',
    rule: 'CP15',
    wrong: 'says that all is well when its token is revoked',
    caught: 'cp15-unauthorized',
    because: 'for health$ to be unauthorized',
    breaks: (adapter) => but(adapter, { health$: adapter.health$.pipe(filter(({ state }) => state !== 'unauthorized')) }),
  },
  {
    id: 'cp15-all-is-well',
    rule: 'CP15',
    wrong: 'takes whatever it cannot read for an all-clear of the platform',
    caught: 'cp15-status-feed',
    because: 'Nobody knows how the platform is',
    breaks: (adapter) => {
      const { statusFeed } = adapter;
      return statusFeed ? but(adapter, { statusFeed: but(statusFeed, { read: (body) => statusFeed.read(body) ?? [] }) }) : adapter;
    },
  },
  {
    id: 'cp15-will-not-begin',
    rule: 'CP15',
    wrong: 'says hello while it is made, and fails when nobody answers',
    caught: 'cp15-made-while-away',
    because: 'That is no reason not to be made',
    breaks: (adapter) => adapter,
    begins: (plugin) =>
      but(plugin, {
        async create(context) {
          const adapter = await plugin.create(context);
          const room = { adapter: context.instance, tenant: 'nobody', room: 'nowhere' };
          const [part] = adapter.messages.render(text('anybody there?'), room).parts;
          if (!part) return adapter;
          const said = await adapter.messages.send({ key: 'hello', room, part }, AbortSignal.timeout(1_500));
          if (said.outcome === 'done' || said.fault.code === 'not-found') return adapter;
          await adapter.close();
          throw new Error('the chat is away');
        },
      }),
  },
];
