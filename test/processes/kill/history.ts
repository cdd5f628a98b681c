/** What one client saw of its own posts, in the manner of Jepsen. `unknown`: neither success nor failure. */
export interface Post {
  readonly id: string;
  readonly author: string;
  readonly text: string;
  readonly invokedAt: number;
  acknowledgedAt: number | null;
}

/** What the log has, and what each watcher and the chat show. */
export interface Merged {
  readonly posts: readonly Post[];
  /** Messages people wrote in the chat. */
  readonly saidInChat: readonly { readonly author: string; readonly text: string }[];
  readonly log: readonly { readonly seq: number; readonly text: string | null }[];
  /** The log's messages in the order in which a room shows them: what came late stands at its own time. */
  readonly shown: readonly string[];
  /** Every number each stream was given, in the order it came, over all its reconnects. */
  readonly streams: readonly (readonly number[])[];
  /** Our posts as the chat shows them, in its order. */
  readonly shownInChat: readonly string[];
}

export interface Verdict {
  readonly lost: readonly string[];
  readonly twice: readonly string[];
  readonly outOfOrder: readonly string[];
  readonly longestGapMs: number;
}

/** Judges a run by the merged history alone. Pure: the same history, the same verdict. */
export function judge(run: Merged): Verdict {
  const room = judgeRoom(run);
  const chat = judgeChat(
    run.log,
    run.posts.map(({ text }) => text),
    run.shownInChat,
  );
  return {
    lost: [...room.lost, ...chat.lost],
    twice: [...room.twice, ...chat.twice],
    outOfOrder: [...room.outOfOrder, ...chat.outOfOrder],
    longestGapMs: longestGap(run.posts),
  };
}

/** The log and what those see who read it here, whatever chats show of it. */
export function judgeRoom(run: Omit<Merged, 'shownInChat'>): Omit<Verdict, 'longestGapMs'> {
  const inLog = textsIn(run.log);
  const chat = run.saidInChat.map(({ text }) => text);
  const acknowledged = run.posts.filter(({ acknowledgedAt }) => acknowledgedAt !== null).map(({ text }) => text);
  return {
    lost: [
      ...missing(acknowledged, inLog).map((text) => `acknowledged and not in the log: ${text}`),
      ...missing(chat, inLog).map((text) => `said in the chat and not in the log: ${text}`),
      ...run.streams.flatMap((seen, n) =>
        missing(
          run.log.map(({ seq }) => String(seq)),
          seen.map(String),
        ).map((seq) => `stream ${n} never saw ${seq}`),
      ),
    ],
    twice: [
      ...repeated(inLog).map((text) => `in the log twice: ${text}`),
      ...run.streams.flatMap((seen, n) => repeated(seen.map(String)).map((seq) => `stream ${n} saw ${seq} twice`)),
    ],
    outOfOrder: [
      ...(isSteps(run.log.map(({ seq }) => seq)) ? [] : ['the log has a gap in its numbers']),
      ...run.streams.flatMap((seen, n) => (isRising(seen) ? [] : [`stream ${n} went back`])),
      ...authors(run).flatMap(({ author, wrote }) =>
        swapped(wrote, run.shown).map((pair) => `${author}'s posts changed places in the room: ${pair}`),
      ),
    ],
  };
}

/** What one chat shows of the log. `toTell`: what it has to be told, once it is there. */
export function judgeChat(log: Merged['log'], toTell: readonly string[], shown: readonly string[]): Omit<Verdict, 'longestGapMs'> {
  const wanted = [...new Set(textsIn(log))].filter((text) => toTell.includes(text));
  return {
    lost: missing(wanted, shown).map((text) => `never told to the chat: ${text}`),
    twice: repeated(shown).map((text) => `in the chat twice: ${text}`),
    outOfOrder: isInOrder(wanted, shown) ? [] : ['the chat shows our posts in another order than the log'],
  };
}

const textsIn = (log: Merged['log']): string[] => log.flatMap(({ text }) => (text === null ? [] : [text]));

function missing(wanted: readonly string[], found: readonly string[]): string[] {
  const have = new Set(found);
  return wanted.filter((one) => !have.has(one));
}

function repeated(items: readonly string[]): string[] {
  const seen = new Set<string>();
  return items.filter((item) => seen.size === seen.add(item).size);
}

const isSteps = (seqs: readonly number[]): boolean => seqs.every((seq, n) => seq === n + 1);
const isRising = (seqs: readonly number[]): boolean => seqs.every((seq, n) => n === 0 || seq > (seqs[n - 1] ?? 0));

/** The first pair that stands the wrong way round, if any does. */
function swapped(wanted: readonly string[], found: readonly string[]): string[] {
  const places = new Map(found.map((text, place) => [text, place]));
  const kept = wanted.filter((text) => places.has(text));
  const at = kept.findIndex((text, n) => n > 0 && (places.get(text) ?? 0) < (places.get(kept[n - 1] ?? '') ?? 0));
  return at < 0 ? [] : [`"${kept[at]}" stands before "${kept[at - 1]}"`];
}

function isInOrder(wanted: readonly string[], found: readonly string[]): boolean {
  const places = new Map(found.map((text, place) => [text, place]));
  const kept = wanted.map((text) => places.get(text)).filter((place) => place !== undefined);
  return isRising(kept.map((place) => place + 1));
}

function authors({ posts, saidInChat }: Pick<Merged, 'posts' | 'saidInChat'>): { author: string; wrote: string[] }[] {
  const byAuthor = new Map<string, string[]>();
  for (const { author, text } of [...posts, ...saidInChat]) byAuthor.set(author, [...(byAuthor.get(author) ?? []), text]);
  return [...byAuthor].map(([author, wrote]) => ({ author, wrote }));
}

/** The longest time in which somebody tried to write and nobody was told that it was kept. */
function longestGap(posts: readonly Post[]): number {
  const times = posts.flatMap(({ acknowledgedAt }) => (acknowledgedAt === null ? [] : [acknowledgedAt])).sort((a, b) => a - b);
  return Math.max(0, ...times.map((at, n) => (n === 0 ? 0 : at - (times[n - 1] ?? at))));
}
