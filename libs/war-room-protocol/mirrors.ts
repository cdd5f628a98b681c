import * as z from 'zod/mini';
import { surface } from './vocabulary.ts';

/** Where a room is also heard. `waiting` are our messages that this chat has not shown yet, oldest first. */
export const mirrorView = z.object({
  id: z.string(),
  surface,
  state: z.enum(['opening', 'open', 'suspect', 'parked', 'catching-up', 'archived', 'shut-out', 'failed']),
  name: z.nullable(z.string()),
  permalink: z.nullable(z.string()),
  since: z.nullable(z.string()),
  /** By whose word it is parked, where Muster does not see itself that the chat is down. */
  saidBy: z.optional(z.string()),
  /** What is in trouble there, where the other half is known to work: it takes what is written here, or tells what is said there. */
  half: z.optional(z.enum(['send', 'events'])),
  /** Muster reaches nothing outside, this chat among it. */
  cutOff: z.optional(z.literal(true)),
  /** What the chat's platform says in public of trouble that Muster sees here itself. */
  admits: z.optional(z.object({ title: z.string(), href: z.optional(z.string()) })),
  waiting: z.array(z.string()),
  /** Messages that need a person: it cannot be found out whether the chat has them. */
  doubtful: z.array(z.string()),
  /** Messages that this chat did not take, each with why and what to do about it. */
  refused: z._default(z.array(z.object({ messageId: z.string(), why: z.string() })), []),
});
export type MirrorView = z.infer<typeof mirrorView>;

interface SaidBy {
  readonly saidBy?: { readonly name: string } | undefined;
}
interface Parked extends SaidBy {
  readonly cutOff?: true | undefined;
}

/** After a chat's name, where more is known than that it does not answer; null otherwise. `when`: " since 14:02". */
export function halfWords({ state, half, cutOff }: Pick<MirrorView, 'state' | 'half' | 'cutOff'>, when: string): string | null {
  if (cutOff && (state === 'parked' || state === 'suspect'))
    return `cannot be reached${when}: Muster reaches nothing outside. What is written here is kept, and goes there later.`;
  if (half === undefined) return null;
  const sends = half === 'send';
  if (state === 'parked')
    return sends
      ? `takes nothing${when}: what is written here waits. What is said there is heard.`
      : `tells Muster nothing${when}: what is said there is read when it returns, and what is written here waits for that.`;
  if (state !== 'suspect') return null;
  return sends
    ? `may not take what is written here${when}. What is said there is heard.`
    : `may not tell Muster what is said there${when}. What is written here still goes there.`;
}

/** After what is said of a chat: what its platform says of it. Nothing where that is nothing. */
export const admitsWords = ({ surface, admits }: Pick<MirrorView, 'surface' | 'admits'>): string =>
  admits ? ` ${surface.name} says so too: ${admits.title}.` : '';

/** After a chat's name: that it is down, and who says so where that is a person; or that it is Muster that reaches nobody. */
export const parkedWords = ({ saidBy, cutOff }: Parked, since: string): string =>
  `${saidBy ? `is down, says ${saidBy.name}` : cutOff ? `cannot be reached since ${since}: Muster reaches nothing outside` : `is not answering since ${since}`}. What is written here waits for it.`;

/** After a chat's name. */
export const catchingUpWords = ({ saidBy }: SaidBy): string => `is back${saidBy ? `, says ${saidBy.name}` : ''}. Catching up.`;

/** What a chat would not have kept as it is to be, and what that means. */
export const unkeptWords = ({
  surface,
  name,
  what,
  why,
}: {
  readonly surface: { readonly name: string };
  readonly name: string;
  readonly what: keyof typeof UNKEPT;
  readonly why: string;
}): string => `${name} in ${surface.name} ${UNKEPT[what]}: ${why}`;

const UNKEPT = {
  name: 'keeps its old name',
  topic: 'keeps its old topic',
  card: 'has its card, but not pinned',
  bookmark: 'has no bookmark to the war room',
  archived: 'could not be archived',
  unarchived: 'is still archived',
  reaction: 'does not show a reaction',
} as const;

/** Whose the topic is from then on. */
export const topicWords = (topic: string, by: string): string =>
  topic === '' ? `had its topic taken away${by}. Muster writes it again with the next change` : `has a new topic${by}: ${topic}`;

interface Named {
  readonly surface: { readonly name: string };
  readonly name: string;
}

/** Nothing is heard from there, and what to do about it. `by`: " by Ana" where it is known. */
export const shutOutWords = ({ surface, name }: Named, by: string): string =>
  `Muster is not in ${name} in ${surface.name} any more${by ? `: it was taken out${by}` : ''}. Nothing written there is heard, and what is written here waits. Invite Muster to it again there, and both are made up for.`;

export const letInWords = ({ surface, name }: Named, by: string): string =>
  `Muster was brought back into ${name} in ${surface.name}${by}. What was said there meanwhile is being read.`;

/** Who can read there now, that could not before. */
export const audienceWords = (
  { surface, name, audience }: Named & { readonly audience: 'public' | 'private' | 'shared' },
  by: string,
): string => `${name} in ${surface.name} was ${AUDIENCES[audience][0]}${by}: ${AUDIENCES[audience][1]}`;

const AUDIENCES = {
  public: ['made public', 'everybody there can read it now'],
  private: ['made private', 'only who is in it reads it now'],
  shared: ['shared with another organisation', 'their people in it read along now'],
} as const;

/** That nobody does anything in it any more, and what follows. */
export const archivingWords = ({ surface, name, days }: Named & { readonly days: number }): string =>
  `${name} in ${surface.name} is about to be archived: this has been over, and quiet, for ${days === 1 ? 'a day' : `${days} days`}`;

export const archivedWords = ({ surface, name, byRule }: Named & { readonly byRule?: true | undefined }, by: string): string =>
  byRule
    ? `${name} was archived in ${surface.name}. All of it stands here. What is written here from now on waits until somebody unarchives it there.`
    : `${name} was archived in ${surface.name}${by}. What is written here waits for it.`;

/** What became of the card that somebody took away in a chat. */
export const cardRemovedWords = ({
  surface: { name },
  again,
}: {
  readonly surface: { readonly name: string };
  readonly again: boolean;
}): string =>
  again
    ? `Somebody took the card away in ${name}. It is there again, this once.`
    : `Somebody took the card away in ${name} again. It is not made any more: what it said is here.`;
