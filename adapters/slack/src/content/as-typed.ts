import { unescapeText } from './escape.ts';

/** The text of a command as the person typed it, and whom they picked in it: Slack puts ids in place of names, links and channels. */
export interface Typed {
  readonly text: string;
  readonly mentioned: readonly { readonly text: string; readonly user: string }[];
}

export function asTyped(sent: string): Typed {
  const mentioned: { text: string; user: string }[] = [];
  const text = sent.replace(/<([^<>]+)>/g, (_, inside: string) => {
    const words = typed(inside);
    const user = /^@([UW][A-Z0-9]+)/.exec(inside)?.[1];
    if (user) mentioned.push({ text: unescapeText(words), user });
    return words;
  });
  return { text: unescapeText(text), mentioned };
}

function typed(inside: string): string {
  const [target = '', label = ''] = inside.split('|', 2);
  if (target.startsWith('@') || target.startsWith('#')) return `${target.charAt(0)}${label || target.slice(1)}`;
  if (target.startsWith('!')) return label || `@${target.slice(1)}`;
  return label || target;
}
