import { reactions } from '#libs/war-room-protocol/reactions';
import { EmojiNotUsable } from '../rooms.errors.ts';

const SHORT_NAME = /^[a-z0-9_+'-]{1,60}$/;
const SIGN = new RegExp('^\\p{RGI_Emoji}$', 'v');

/**
 * One name for one reaction, whichever chat it comes from: the short name without colons and skin tone, or the sign where
 * no short name is known. Everybody's thumbs are counted together.
 *
 * @throws EmojiNotUsable
 */
export function emojiName(given: string): string {
  const name = given
    .trim()
    .toLowerCase()
    .replace(/^:(.+):$/, '$1')
    .replace(/::skin-tone-[2-6]$/, '');
  if (name === 'thumbsup' || name === 'thumbsdown') return name === 'thumbsup' ? '+1' : '-1';
  if (SHORT_NAME.test(name)) return name;
  const sign = given.trim().replace(/[\u{1f3fb}-\u{1f3ff}]/gu, '');
  const known = reactions.find((reaction) => plain(reaction.sign) === plain(sign));
  if (known) return known.name;
  if (SIGN.test(sign)) return sign;
  throw new EmojiNotUsable(given);
}

/** With and without the sign that asks for colour, an emoji is the same. */
const plain = (sign: string): string => sign.replaceAll('\ufe0f', '');
