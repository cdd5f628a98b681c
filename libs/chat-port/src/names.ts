/**
 * Names of things. They are opaque: only the adapter that made one may look inside. Two names are the same thing when all
 * their fields are equal, and never when only some are: message numbers repeat across rooms, and room names across tenants.
 * One adapter *instance* is one installed app (one signing secret, one set of sockets), serving every tenant that installed it.
 */
export interface RoomRef {
  /** The instance's id, from `AdapterContext.instance`. */
  adapter: string;
  /** The workspace, Microsoft 365 tenant or homeserver. */
  tenant: string;
  /** The channel, chat or thread that is a room here. */
  room: string;
}

/** A message id means nothing without its room. */
export interface MessageRef {
  room: RoomRef;
  id: string;
  /** The id of the thread's first message, for messages in a thread; that first message itself may carry it or not. */
  thread?: string;
}

export interface UserRef {
  adapter: string;
  tenant: string;
  user: string;
}

/** Whose words: a person's, this adapter's own (CP7), another app's, or the platform's own notices ("Mia joined"). */
export type Origin = 'human' | 'self' | 'bot' | 'system';
