import type { ChatAdapter, Envelope, Reacted } from '@musterhq/chat-port';
import { US } from '../fake/world.ts';
import { but, type Mutant, withHistory, withPages } from './mutant.ts';

const withReactions = (adapter: ChatAdapter, change: (given: Reacted[]) => Reacted[]): ChatAdapter =>
  withPages(adapter, (page) => {
    if (!page.state?.reactedBy) return page;
    const reactedBy = Object.fromEntries(Object.entries(page.state.reactedBy).map(([id, given]) => [id, change(given)]));
    return { ...page, state: { ...page.state, reactedBy } };
  });

/** Wrong about what was said before. */
export const MUTANTS_THAT_MISREAD_HISTORY: readonly Mutant[] = [
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
      return but(adapter, { history: but(history, { page: (q, signal) => history.page({ ...q, limit: q.limit + 1 }, signal) }) });
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
        history: but(history, {
          async page(q, signal) {
            const before = q.cursor === undefined ? [] : last;
            const read = await history.page(q, signal);
            if (read.outcome !== 'done') return read;
            last = read.value.envelopes.slice(-1);
            return { ...read, value: { ...read.value, envelopes: [...before, ...read.value.envelopes] } };
          },
        }),
      });
    },
  },
  {
    id: 'cp13-names-one-of-many',
    rule: 'CP13',
    wrong: 'names of all who reacted the first',
    caught: 'cp13-who-reacts',
    because: 'for one who took it back',
    breaks: (adapter) => withReactions(adapter, (given) => given.map(({ users, ...one }) => ({ ...one, users: users.slice(0, 1) }))),
  },
  {
    id: 'cp13-counts-itself',
    rule: 'CP13',
    wrong: 'counts its own reactions with people’s',
    caught: 'cp13-who-reacts',
    because: 'for one who took it back',
    isOfTheFake: true,
    breaks: (adapter) =>
      withReactions(adapter, (given) =>
        given.map(({ users, ...one }) => ({
          ...one,
          users: users.flatMap((user, n) => (n === 0 ? [user, { ...user, user: US }] : [user])),
        })),
      ),
  },
  {
    id: 'cp13-some-pins',
    rule: 'CP13',
    wrong: 'tells of the last that was pinned alone',
    caught: 'cp13-pins',
    because: 'for unpinned',
    breaks(adapter) {
      const { history } = adapter;
      if (!history?.pins) return adapter;
      const { pins } = history;
      return but(adapter, {
        history: but(history, {
          async pins(room, signal) {
            const read = await pins.call(history, room, signal);
            return read.outcome === 'done' ? { ...read, value: read.value.slice(-1) } : read;
          },
        }),
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
];
