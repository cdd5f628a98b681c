import type { Envelope } from '@musterhq/chat-port';
import { but, type Mutant, withHistory, withPages } from './mutant.ts';

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
];
