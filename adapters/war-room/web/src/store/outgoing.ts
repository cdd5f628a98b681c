import type { RoomCommand } from '#libs/war-room-protocol/commands';

/**
 * Something this person did that the room does not show yet.
 * waiting → sent (the server has it) → gone when its event arrives; waiting → failed (refused: why) → waiting on a retry.
 */
export type Outgoing = {
  readonly command: RoomCommand;
  readonly writtenAt: string;
} & (
  | { readonly state: 'waiting' }
  | { readonly state: 'sent'; readonly seq: number | null }
  | { readonly state: 'failed'; readonly why: string }
);
