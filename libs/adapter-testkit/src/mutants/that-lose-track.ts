import { type ChatAdapter, refused } from '@musterhq/chat-port';
import { type Mutant, withMessages } from './mutant.ts';

/** Wrong about what became of a message. */
export const MUTANTS_THAT_LOSE_TRACK: readonly Mutant[] = [
  {
    id: 'cp3-guesses-absent',
    rule: 'CP3',
    wrong: 'takes not having looked for not being there',
    caught: 'cp3-cannot-tell-error-before',
    because: 'Nobody could look, so anything but cannot-tell is a guess',
    breaks: (adapter) =>
      withMessages(adapter, (own) => ({
        async reconcile(send, since, signal) {
          const found = await own.reconcile?.(send, since, signal);
          // The silent history is CP6's business: it is left as it is.
          return found === undefined || (found === 'cannot-tell' && !signal.aborted) ? 'absent' : found;
        },
      })),
  },
  {
    id: 'cp3-first-page-only',
    rule: 'CP3',
    wrong: 'looks for a lost message on the first page alone',
    caught: 'cp3-many-pages',
    because: 'on a page that was not read',
    breaks: (adapter) => lookingBy(adapter, { next: () => 'absent', unread: () => 'cannot-tell', gone: () => 'cannot-tell' }),
  },
  {
    id: 'cp3-takes-unread-for-empty',
    rule: 'CP3',
    wrong: 'takes a page that could not be read for one on which nothing stands',
    caught: 'cp3-unread-page',
    because: 'It may be on the page that nobody could read',
    breaks: (adapter) =>
      lookingBy(adapter, { next: () => 'read on', unread: (pages) => (pages > 0 ? 'absent' : 'cannot-tell'), gone: () => 'cannot-tell' }),
  },
  {
    id: 'cp3-forgets-it-forgot',
    rule: 'CP3',
    wrong: 'takes what the platform does not keep for what was never said',
    caught: 'cp3-forgotten',
    because: 'among what the platform does not have any more',
    breaks: (adapter) => lookingBy(adapter, { next: () => 'read on', unread: () => 'cannot-tell', gone: () => 'absent' }),
  },
  {
    id: 'cp3-refuses-the-unknown',
    rule: 'CP3',
    wrong: 'calls a lost answer a refusal',
    caught: 'cp3-unknown-reset-after',
    because: 'The message is there, so sending it again would say it twice',
    breaks: (adapter) =>
      withMessages(adapter, (own) => ({
        async send(send, signal) {
          const sent = await own.send(send, signal);
          return sent.outcome === 'unknown' && !signal.aborted ? refused(sent.fault) : sent;
        },
      })),
  },
];

/** What to make of having read one page and of there being more, of a page that could not be read, and of what is not kept. */
interface Looking {
  next(): 'read on' | 'absent';
  unread(pagesRead: number): 'absent' | 'cannot-tell';
  gone(): 'absent' | 'cannot-tell';
}

/** Looks for a lost message in the adapter's own history. */
function lookingBy(adapter: ChatAdapter, { next, unread, gone }: Looking): ChatAdapter {
  const { history } = adapter;
  if (!history) return adapter;
  return withMessages(adapter, () => ({
    async reconcile({ key, room, thread }, since, signal) {
      const after = since - 60_000;
      let cursor: string | undefined;
      for (let pages = 0; ; pages += 1) {
        const query = { room, after, limit: 100, ...(thread !== undefined && { thread }), ...(cursor !== undefined && { cursor }) };
        const read = await history.page(query, signal);
        if (read.outcome !== 'done') return unread(pages);
        for (const { event } of read.value.envelopes)
          if (event.type === 'message.created' && event.message.key === key)
            return { found: { message: event.message.ref, at: event.message.at } };
        if ((read.value.keptFrom ?? -Infinity) > after) return gone();
        if (read.value.complete || next() !== 'read on') return 'absent';
        cursor = read.value.cursor;
      }
    },
  }));
}
