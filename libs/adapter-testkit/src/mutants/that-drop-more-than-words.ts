import type { ChatAdapter, Envelope, Files } from '@musterhq/chat-port';
import { but, type Mutant, withHistory } from './mutant.ts';

/** Wrong about files, and people’s pages. */
export const MUTANTS_THAT_DROP_MORE_THAN_WORDS: readonly Mutant[] = [
  {
    id: 'cp9-cuts-files-short',
    rule: 'CP9',
    wrong: 'hands over the beginning of a file as if it was all of it',
    caught: 'cp9-files-whole',
    because: 'it is not what was brought there',
    breaks: (adapter) =>
      withFiles(adapter, (own) => ({
        async open(room, file, signal) {
          const opened = await own.open(room, file, signal);
          return opened.outcome === 'done' ? { ...opened, value: beginningOf(opened.value) } : opened;
        },
      })),
  },
  {
    id: 'cp9-shows-no-file',
    rule: 'CP9',
    wrong: 'brings a file and sends the message without it',
    caught: 'cp9-files-shown',
    because: 'with the file',
    breaks: (adapter) => withHistory(adapter, withoutFiles),
  },
  {
    id: 'cp9-home-stays',
    rule: 'CP9',
    wrong: 'publishes a person’s page once, and says ever after that it has',
    caught: 'cp9-home-replaced',
    because: 'They read an old page',
    breaks(adapter) {
      const { home } = adapter;
      if (!home) return adapter;
      const shown = new Set<string>();
      return but(adapter, {
        home: {
          async publish(user, content, signal) {
            if (shown.has(user.user)) return { outcome: 'done', value: undefined, settled: true };
            shown.add(user.user);
            return home.publish(user, content, signal);
          },
        },
      });
    },
  },
];

const withFiles = (adapter: ChatAdapter, changes: (own: Files) => Partial<Files>): ChatAdapter =>
  adapter.files ? but(adapter, { files: but(adapter.files, changes(adapter.files)) }) : adapter;

/** Of each piece. */
async function* beginningOf(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  for await (const piece of bytes) yield piece.subarray(0, Math.ceil(piece.length / 2));
}

const withoutFiles = (envelope: Envelope): Envelope =>
  envelope.event.type === 'message.created'
    ? { ...envelope, event: { ...envelope.event, message: { ...envelope.event.message, files: [] } } }
    : envelope;
