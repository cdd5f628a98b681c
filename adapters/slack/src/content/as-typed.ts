import { unescapeText } from './escape.ts';

/** The text of a command as the person typed it, whether or not Slack was told to put entities in place of names and links. */
export function asTyped(text: string): string {
  return unescapeText(text.replace(/<([^<>]+)>/g, (_, inside: string) => typed(inside)));
}

function typed(inside: string): string {
  const [target = '', label = ''] = inside.split('|', 2);
  if (target.startsWith('@') || target.startsWith('#')) return `${target.charAt(0)}${label || target.slice(1)}`;
  if (target.startsWith('!')) return label || `@${target.slice(1)}`;
  return label || target;
}
