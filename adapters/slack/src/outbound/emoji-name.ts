/** The reactions Muster speaks of, by their sign. Slack knows emoji only by name. */
const NAMES: Readonly<Record<string, string>> = {
  '👍': '+1',
  '👎': '-1',
  '👀': 'eyes',
  '✅': 'white_check_mark',
  '❌': 'x',
  '⚠️': 'warning',
  '🔥': 'fire',
  '🚨': 'rotating_light',
  '📌': 'pushpin',
  '🎉': 'tada',
  '❤️': 'heart',
  '🙏': 'pray',
  '⏳': 'hourglass_flowing_sand',
  '🧵': 'thread',
};

/** Slack's name of an emoji: given as a name, with or without colons, or as the sign itself. */
export function emojiName(emoji: string): string | undefined {
  const name = emoji.replace(/^:(.+):$/, '$1');
  return /^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/.test(name) ? name : NAMES[emoji];
}
