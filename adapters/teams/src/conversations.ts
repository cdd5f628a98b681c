/**
 * A channel's conversation is named like the channel, and with `;messageid=` and a number after it like one thread of it. A
 * group chat and a personal one have no threads.
 */
const THREAD = ';messageid=';

export const isChannel = (room: string): boolean => /@thread\.(tacv2|skype)$/.test(room);

/** A group chat, of an incident or of people. */
export const isGroupChat = (room: string): boolean => /@thread\.v2$/.test(room);

/** One thread of a channel, as a conversation of its own. */
export const isThread = (room: string): boolean => room.includes(THREAD);

/** One person's with the bot alone. */
export const isPersonal = (room: string): boolean => room.startsWith('a:');

/** The room of a conversation, and the thread when it names one. */
export function placeOf(conversation: string): { room: string; thread?: string } {
  const at = conversation.indexOf(THREAD);
  if (at < 0) return { room: conversation };
  return { room: conversation.slice(0, at), thread: conversation.slice(at + THREAD.length) };
}

export const threadOf = (room: string, root: string | undefined): string =>
  root === undefined || !isChannel(room) ? room : `${room}${THREAD}${root}`;

/** The channel that a link to it names, as Teams' "Get link to channel" gives it; its id is taken too. */
export function channelOf(text: string): string | undefined {
  let plain = text.trim();
  try {
    plain = decodeURIComponent(plain);
  } catch {
    // No link of Teams.
  }
  return /(?:^|\/)(19:[\w.-]+@thread\.(?:tacv2|skype))(?:$|[/?])/.exec(plain)?.[1];
}

/** The team that such a link names, by its id in the directory. */
export function teamIn(link: string): string | undefined {
  const given = /[?&]groupId=([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:&|$)/i.exec(link.trim())?.[1];
  return given?.toLowerCase();
}
