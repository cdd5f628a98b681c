import type { ObservedMessage } from '@musterhq/adapter-testkit';
import type { KeptMessage } from '../simulator/conversations.ts';

type Node = Readonly<Record<string, unknown>>;
type Read = Pick<ObservedMessage, 'text' | 'pinged' | 'links'>;

/**
 * A message as Teams' client shows it. Runs are shown as they are; a text block is Markdown, in which mentions notify, so that a
 * card that has one is read as notifying whoever its words name.
 */
export function asRead({ text, activity }: KeptMessage): Read {
  if (!activity) return { text: text ?? '', pinged: [], links: [] };
  const elements = cardsOf(activity).flatMap(({ body }) => (Array.isArray(body) ? (body as Node[]) : []));
  const runs = elements.flatMap(({ inlines }) => (Array.isArray(inlines) ? (inlines as Node[]) : []));
  const lines = elements
    .filter(({ type }) => type === 'RichTextBlock')
    .map(({ inlines }) => (inlines as Node[]).map((run) => String(run.text).replace(/\{\{(DATE|TIME)\(.*?\)\}\}/g, 'a date')).join(''));
  return {
    text: [...(typeof activity.text === 'string' ? [activity.text] : []), ...lines].join('\n'),
    pinged: [
      ...mentioned(activity),
      ...elements.filter(({ type }) => type === 'TextBlock').flatMap((block) => String(block.text).match(/<at>.*?<\/at>/g) ?? []),
    ],
    links: runs.flatMap(({ selectAction }) => (selectAction ? [String((selectAction as Node).url)] : [])),
  };
}

const cardsOf = ({ attachments }: Node): Node[] => ((attachments ?? []) as { content: Node }[]).map(({ content }) => content);

const mentioned = ({ entities }: Node): string[] =>
  ((entities ?? []) as Node[]).filter(({ type }) => type === 'mention').map(({ mentioned: who }) => String((who as Node).id));
