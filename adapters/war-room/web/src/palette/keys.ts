/** A key that does something, and what. */
export type Key = readonly [key: string, does: string];

export const PALETTE_KEY = /mac|iphone|ipad/i.test(globalThis.navigator?.userAgent ?? '') ? '⌘ K' : 'Ctrl K';

/** On every page. */
export const pageKeys = {
  palette: [PALETTE_KEY, 'Commands, incidents, and what was said here'],
  declare: ['c', 'Declare an incident'],
  home: ['g h', 'All incidents'],
  slash: ['/', 'Commands in the message box, search in the list of incidents'],
  times: ['z', 'Times in UTC or local'],
  help: ['?', 'Help and settings'],
} as const satisfies Record<string, Key>;

/** In a room. */
export const roomKeys = {
  write: ['m', 'Write a message'],
  read: ['j / k', 'Next, previous message'],
  severity: ['s', 'Change how bad it is'],
  update: ['u', 'Share an update'],
} as const satisfies Record<string, Key>;

/** On a message. */
export const messageKeys = {
  reply: ['r', 'Reply to the message'],
  react: ['e', 'React to the message'],
  copy: ['y', 'Copy the link to the message'],
  pin: ['p', 'Pin the message to the timeline, or take it off'],
} as const satisfies Record<string, Key>;
