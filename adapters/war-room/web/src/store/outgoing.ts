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
  /** `after`: how far the room had come when it was refused, which is its place in the flow. */
  | { readonly state: 'failed'; readonly why: string; readonly after: number }
);

/** Whether the one done makes the other one, refused, needless: the same verb, about the same thing. Messages are never the same. */
export const isSameWish = (one: RoomCommand, other: RoomCommand): boolean => one.type !== 'message' && wishOf(one) === wishOf(other);

/** A line and its button are the same verb: "/severity sev1", and the form of the header. */
function wishOf({ type, body }: RoomCommand): string {
  if (type === 'command') return `${/^\/(?:incident\s+)?([a-z-]+)/i.exec(body.text)?.[1]?.toLowerCase() ?? ''} `;
  const { messageId, entryId, itemId, role } = body as Readonly<Record<string, unknown>>;
  return `${type} ${String(messageId ?? entryId ?? itemId ?? role ?? '')}`;
}
