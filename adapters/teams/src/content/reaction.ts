import { nameOf } from '#libs/emoji/emoji';

/** The six that Teams had before it had all, by the signs that it shows for them. */
const FIRST_SIX: Readonly<Record<string, string>> = { like: '👍', heart: '❤️', laugh: '😆', surprised: '😮', sad: '😢', angry: '😡' };

/**
 * The short name of a reaction. Teams calls one of the six by a word, and any other by the numbers of its sign with a word behind them, as
 * `1f44b_wavinghand`. What is neither was made by an organisation for itself, and is called what Teams calls it.
 */
export function emojiOf(type: string): string {
  const sign = Object.hasOwn(FIRST_SIX, type) ? FIRST_SIX[type]! : signOf(type);
  return nameOf(sign) ?? type.toLowerCase();
}

function signOf(type: string): string {
  const numbers = /^([0-9a-f]{4,6}(?:-[0-9a-f]{4,6})*)(?:_|$)/i.exec(type)?.[1];
  const points = numbers?.split('-').map((one) => Number.parseInt(one, 16)) ?? [];
  return points.length > 0 && points.every((one) => one <= 0x10ffff) ? String.fromCodePoint(...points) : type;
}
