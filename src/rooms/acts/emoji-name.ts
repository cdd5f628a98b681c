import { nameOf, signOf } from '#libs/emoji/emoji';
import { reactions } from '#libs/war-room-protocol/reactions';
import { EmojiNotUsable } from '../rooms.errors.ts';

const SHORT_NAME = /^[a-z0-9_+'-]{1,60}$/;
const SIGN = new RegExp('^\\p{RGI_Emoji}$', 'v');

/**
 * One name for one reaction, whichever chat it comes from: the short name of those that are offered, the sign of all others,
 * without colons and skin tone, and the name of what a chat made for itself. Everybody's thumbs are counted together.
 *
 * @throws EmojiNotUsable
 */
export function emojiName(given: string): string {
  const name = given
    .trim()
    .toLowerCase()
    .replace(/^:(.+):$/, '$1')
    .replace(/::skin-tone-[2-6]$/, '');
  const sign = given.trim().replace(/[\u{1f3fb}-\u{1f3ff}]/gu, '');
  const short = SHORT_NAME.test(name) ? name : nameOf(sign);
  if (short) return nameInLog(short);
  if (SIGN.test(sign)) return sign;
  throw new EmojiNotUsable(given);
}

function nameInLog(short: string): string {
  const sign = signOf(short);
  if (sign === undefined) return short;
  return reactions.find((reaction) => reaction.sign === sign)?.name ?? sign;
}
