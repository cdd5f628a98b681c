// One adapter *instance* is one installed app (one signing secret, one set of sockets), serving every tenant that installed it.
// Names of things: opaque, never ambiguous. A message id means nothing without its room (Slack's ts repeats across channels).
export interface RoomRef {
  adapter: string;
  tenant: string;
  room: string;
} // adapter: the instance's id; tenant: workspace, Microsoft 365 tenant, homeserver
export interface MessageRef {
  room: RoomRef;
  id: string;
  thread?: string;
}
export interface UserRef {
  adapter: string;
  tenant: string;
  user: string;
}
export type Origin = 'human' | 'self' | 'bot' | 'system';
