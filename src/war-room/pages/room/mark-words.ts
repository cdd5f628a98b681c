import { reactionSign } from '#libs/war-room-protocol/reactions';
import type { MessageMarks } from './message.queries.ts';

const MOST_CHARS = 80;

/** Who reacts how, and whether it stands on the timeline; null when nobody made anything of it. */
export function markWords({ reactions, pinned }: MessageMarks): string | null {
  const words = reactions.map(({ emoji, people }) => `${reactionSign(emoji)} ${people.map(({ name }) => name).join(', ')}`);
  return [...words, ...(pinned ? ['On the timeline'] : [])].join(' · ') || null;
}

export const answerWords = ({ by, text }: NonNullable<MessageMarks['answers']>): string =>
  `${by}: ${text === null ? 'deleted' : firstWords(text)}`;

export function firstWords(text: string): string {
  const [line = ''] = text.split('\n');
  const letters = [...line];
  return letters.length > MOST_CHARS || line !== text ? `${letters.slice(0, MOST_CHARS).join('').trimEnd()}…` : line;
}
