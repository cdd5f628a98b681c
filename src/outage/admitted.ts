import type { AdmittedTrouble } from '@musterhq/chat-port';
import { isSafeHref } from '#libs/rich-text/safe-href';

const MOST = 5;
const TITLE_CHARS = 200;

/** As much of it as rooms and notices can carry. It comes from outside: one line of text, and an address that a click may follow. */
export const presentable = (admitted: readonly AdmittedTrouble[]): AdmittedTrouble[] => admitted.slice(0, MOST).map(shown);

function shown({ title, href }: AdmittedTrouble): AdmittedTrouble {
  const line = title
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .replace(/[.\s]+$/, '');
  const words = [...line].length > TITLE_CHARS ? `${[...line].slice(0, TITLE_CHARS).join('')}…` : line;
  return {
    title: words || 'trouble that it gives no name',
    ...(href !== undefined && /^https?:/i.test(href) && isSafeHref(href) ? { href } : {}),
  };
}
