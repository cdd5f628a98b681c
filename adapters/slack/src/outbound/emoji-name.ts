import { nameOf } from '#libs/emoji/emoji';

/** Slack's name of an emoji: given as a name, with or without colons, or as the sign itself. Slack knows emoji only by name. */
export function emojiName(emoji: string): string | undefined {
  const name = emoji.replace(/^:(.+):$/, '$1');
  return /^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/.test(name) ? name : nameOf(emoji);
}
