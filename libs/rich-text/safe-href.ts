const MAX_HREF = 2_048;
const ADDRESS = /^(?:https?:\/\/|mailto:)[^\s\p{Cc}<>"]+$/iu;

/**
 * Whether an address may become a link: http, https and mailto, nothing else. A relative address would
 * mean another page in every chat, and every other scheme is a way to run or open something.
 */
export function isSafeHref(href: string): boolean {
  return href.length <= MAX_HREF && ADDRESS.test(href);
}
