import type { Block, Content, Inline } from '@musterhq/chat-port';
import { WEB } from '#src/people/people.types';
import { count } from './count.ts';

/** One thing that a digest tells. */
export interface Told {
  readonly content: Content;
  readonly at: Date;
  /** It was taken back in the room since. */
  readonly isDeleted: boolean;
  /** Whose words it answers, and how they begin. */
  readonly answers: string | null;
}

export interface Around {
  readonly warRoom: string;
  /** An earlier one was said already, and this one stands with it. */
  readonly goesOn: boolean;
  /** More of them follow, in its thread. */
  readonly hasMoreBelow: boolean;
}

/** What had to wait, as one message: who said what and when, in order. */
export function digest(told: readonly Told[], around: Around): Content {
  const words = wordsOf(told);
  return { summary: `${words}, which had to wait`, blocks: [...head(told, words, around), ...told.flatMap(entry)] };
}

function head(told: readonly Told[], words: string, { warRoom, goesOn, hasMoreBelow }: Around): Block[] {
  const [first, last] = [told[0], told.at(-1)];
  if (!first || !last) return [];
  const span: Inline[] = first === last ? [clock(first.at)] : [clock(first.at), text(' to '), clock(last.at)];
  const more = hasMoreBelow ? '. There is more in the thread' : '';
  const about: Inline[] = [text(goesOn ? 'And then, ' : 'From the war room, '), ...span, text(`: ${words}, which had to wait${more}. `)];
  return [
    {
      t: 'p',
      c: [
        { t: 'strong', c: about },
        { t: 'link', href: warRoom, c: [text('Open the war room')] },
      ],
    },
  ];
}

function entry({ content, at, isDeleted, answers }: Told): Block[] {
  const { author } = content;
  const who: Inline[] = author ? [{ t: 'strong', c: [text(author.name)] }] : [];
  const where = author && author.via !== WEB.name ? ` (${author.via})` : '';
  const to = answers === null ? '' : ` to ${answers}`;
  const lead: Inline[] = [clock(at), text(' '), ...who, text(author ? `${where}${to}: ` : '')];
  if (isDeleted) return [{ t: 'p', c: [...lead, { t: 'em', c: [text('(deleted)')] }] }];
  const [first, ...others] = content.blocks;
  return first?.t === 'p' ? [{ t: 'p', c: [...lead, ...first.c] }, ...others] : [{ t: 'p', c: lead }, ...content.blocks];
}

function wordsOf(told: readonly Told[]): string {
  const messages = told.filter(({ content }) => content.author).length;
  const changes = told.length - messages;
  if (messages === 0) return count(changes, 'change');
  return changes === 0 ? count(messages, 'message') : `${count(messages, 'message')} and ${count(changes, 'change')}`;
}

const text = (v: string): Inline => ({ t: 'text', v });
const clock = (at: Date): Inline => ({ t: 'time', at: at.getTime(), style: 'clock' });
