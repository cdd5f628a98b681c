import type { ObservedMessage } from '@musterhq/adapter-testkit';
import type { KeptMessage } from '../simulator/conversations.ts';

type Node = Readonly<Record<string, unknown>>;
type Read = Pick<ObservedMessage, 'text' | 'pinged' | 'links'>;

/**
 * A message as Teams' client shows it. Runs are shown as they are; a text block is Markdown, in which mentions notify.
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
    pinged: [...mentioned(activity), ...cardsOf(activity).flatMap(called)],
    links: runs.flatMap(({ selectAction }) => (selectAction ? [String((selectAction as Node).url)] : [])),
  };
}

const cardsOf = ({ attachments }: Node): Node[] => ((attachments ?? []) as { content: Node }[]).map(({ content }) => content);

/** Whoever stands as `<at>…</at>` in a text block, where an entity of the card says who that is; without one it is shown as words. */
function called({ body, msteams }: Node): string[] {
  const blocks = (Array.isArray(body) ? (body as Node[]) : []).filter(({ type }) => type === 'TextBlock');
  const explained = ((msteams as Node | undefined)?.entities ?? []) as Node[];
  return blocks
    .flatMap(({ text }) => String(text).match(/<at>.*?<\/at>/g) ?? [])
    .flatMap((name) => explained.filter(({ text }) => text === name).map(({ mentioned: who }) => String((who as Node).id)));
}

const mentioned = ({ entities }: Node): string[] =>
  ((entities ?? []) as Node[]).filter(({ type }) => type === 'mention').map(({ mentioned: who }) => String((who as Node).id));
