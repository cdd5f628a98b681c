import { filter, skip } from 'rxjs';
import type { Envelope } from '@musterhq/chat-port';
import { settle } from '../eventually.ts';
import { but, type Mutant, withEnvelopes, withHistory, withInlet, withPages } from './mutant.ts';

const TEN_MINUTES_MS = 600_000;

/** Wrong about what comes in: events, history, requests, and how things are. */
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
    id: 'cp7-takes-itself-for-people',
    rule: 'CP7',
    wrong: 'takes its own posts for a person’s',
    caught: 'cp7-echo',
    because: 'We said this, and the core is told that it was a human',
    breaks: (adapter) =>
      withEnvelopes(adapter, (e) => {
        if (e.event.type !== 'message.created' || e.event.message.origin !== 'self') return e;
        const { key: _key, ...message } = e.event.message;
        return { ...e, event: { ...e.event, message: { ...message, origin: 'human' } } };
      }),
  },
  {
    id: 'cp7-deaf-to-itself',
    rule: 'CP7',
    wrong: 'does not hear itself at all',
    caught: 'cp7-echo',
    because: 'Waited 2000 ms for message.created',
    breaks: (adapter) =>
      withInlet(adapter, (inlet) => ({
        admit: (batch) => inlet.admit(batch.filter((e) => !('message' in e.event && e.event.message?.origin === 'self'))),
      })),
  },
  {
    id: 'cp7-edit-loses-key',
    rule: 'CP7',
    wrong: 'loses the key of what it edits',
    caught: 'cp7-edited-key',
    because: 'Our own posts are recognised by their key',
    breaks: (adapter) =>
      withEnvelopes(adapter, (e) => {
        if (e.event.type !== 'message.edited') return e;
        const { key: _key, ...message } = e.event.message;
        return { ...e, event: { ...e.event, message } };
      }),
  },
  {
    id: 'cp8-deaf-to-mentions',
    rule: 'CP8',
    wrong: 'does not notice that people speak to it',
    caught: 'cp8-heard-mention',
    because: 'A person speaks to us, and we do not know it',
    breaks: (adapter) =>
      withEnvelopes(adapter, (e) =>
        e.event.type === 'message.created' ? { ...e, event: { ...e.event, message: { ...e.event.message, mentionsMe: false } } } : e,
      ),
  },
  {
    id: 'cp9-flattens-threads',
    rule: 'CP9',
    wrong: 'hears answers as if they answered nothing',
    caught: 'cp9-replies',
    because: 'An answer to something would stand in the room',
    breaks: (adapter) =>
      withEnvelopes(adapter, (e) => {
        if (e.event.type !== 'message.created' && e.event.type !== 'message.edited') return e;
        const { replyTo: _replyTo, ...message } = e.event.message;
        const { thread: _thread, ...ref } = message.ref;
        return { ...e, event: { ...e.event, message: { ...message, ref } } };
      }),
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
    id: 'cp9-deaf-to-deletions',
    rule: 'CP9',
    wrong: 'does not know what it means that a message was deleted',
    caught: 'cp9-deletions',
    because: 'was deleted, which Muster would show for ever',
    breaks: (adapter) =>
      withEnvelopes(adapter, (e) => (e.event.type === 'message.deleted' ? { ...e, event: { type: 'unknown', name: 'deleted' } } : e)),
  },
  {
    id: 'cp9-deaf-to-archiving',
    rule: 'CP9',
    wrong: 'does not know what it means that a room is archived',
    caught: 'cp9-rooms',
    because: 'for "archived" of room',
    breaks: (adapter) =>
      withEnvelopes(adapter, (e) =>
        e.event.type === 'room' && e.event.change === 'archived' ? { ...e, event: { type: 'unknown', name: 'archived' } } : e,
      ),
  },
  {
    id: 'cp13-edit-alone',
    rule: 'CP13',
    wrong: 'gives of an edited message the edit alone',
    caught: 'cp13-edited-whole',
    because: 'would hear of its edit alone',
    breaks: (adapter) =>
      withPages(adapter, ({ envelopes, ...page }) => {
        const edited = envelopes.flatMap(({ event }) => (event.type === 'message.edited' ? [event.message.ref.id] : []));
        const isEdited = ({ event }: Envelope): boolean => event.type === 'message.created' && edited.includes(event.message.ref.id);
        return { ...page, envelopes: envelopes.filter((e) => !isEdited(e)) };
      }),
  },
  {
    id: 'cp13-fat-pages',
    rule: 'CP13',
    wrong: 'gives more than it was asked for',
    caught: 'cp13-limit',
    because: 'Two messages were asked for, and the page holds 3',
    breaks(adapter) {
      const { history } = adapter;
      if (!history) return adapter;
      return but(adapter, { history: { page: (q, signal) => history.page({ ...q, limit: q.limit + 1 }, signal) } });
    },
  },
  {
    id: 'cp13-hides-what-is-gone',
    rule: 'CP13',
    wrong: 'takes what the platform still has for all that was said',
    caught: 'cp13-kept-from',
    because: 'tell nobody that something is missing',
    breaks: (adapter) => withPages(adapter, ({ keptFrom: _keptFrom, ...page }) => page),
  },
  {
    id: 'cp13-pages-overlap',
    rule: 'CP13',
    wrong: 'begins each page with the last message of the one before',
    caught: 'cp13-pages',
    because: 'Each message has to be on one page',
    breaks(adapter) {
      const { history } = adapter;
      if (!history) return adapter;
      let last: Envelope[] = [];
      return but(adapter, {
        history: {
          async page(q, signal) {
            const before = q.cursor === undefined ? [] : last;
            const read = await history.page(q, signal);
            if (read.outcome !== 'done') return read;
            last = read.value.envelopes.slice(-1);
            return { ...read, value: { ...read.value, envelopes: [...before, ...read.value.envelopes] } };
          },
        },
      });
    },
  },
  {
    id: 'cp13-other-ids',
    rule: 'CP13',
    wrong: 'gives what it reads back ids of their own',
    caught: 'cp13-messages',
    because: 'The core would take these for new messages',
    breaks: (adapter) => withHistory(adapter, (e) => ({ ...e, id: `history:${e.id}` })),
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
    id: 'cp15-hides-revocation',
    rule: 'CP15',
    wrong: 'says that all is well when its token is revoked',
    caught: 'cp15-unauthorized',
    because: 'for health$ to be unauthorized',
    breaks: (adapter) => but(adapter, { health$: adapter.health$.pipe(filter(({ state }) => state !== 'unauthorized')) }),
  },
];
