import type { MessageRef, RoomRef, UserRef } from '@musterhq/chat-port';

/** Whose eyes an event is seen with: the instance, the workspace, and who "we" are in it, as far as that is known yet. */
export interface Whose {
  readonly adapter: string;
  readonly tenant: string;
  readonly me: { readonly user?: string; readonly bot?: string; readonly app?: string };
}

export const roomRef = ({ adapter, tenant }: Whose, room: string): RoomRef => ({ adapter, tenant, room });
export const userRef = ({ adapter, tenant }: Whose, user: string): UserRef => ({ adapter, tenant, user });

/** A root's own thread_ts is its ts: it is no reply, so it gets no thread. */
export function messageRef(room: RoomRef, ts: string, threadTs?: string): MessageRef {
  return threadTs && threadTs !== ts ? { room, id: ts, thread: threadTs } : { room, id: ts };
}

/** `1700000001.123456` → milliseconds. By its digits: as a float the last millisecond would come out wrong now and then. */
export function msOfTs(ts: string): number {
  const [seconds = '0', fraction = ''] = ts.split('.');
  return Number(seconds) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
}

/** The first ts of that millisecond. */
export function tsOfMs(ms: number): string {
  const whole = Math.max(0, Math.floor(ms));
  return `${Math.floor(whole / 1000)}.${String(whole % 1000).padStart(3, '0')}000`;
}

/** Slack's permalinks can be built without asking it, which also works while it is away. */
export function permalinkOf(workspaceUrl: string | undefined, { room, id, thread }: MessageRef): string | undefined {
  if (!workspaceUrl) return undefined;
  const base = `${workspaceUrl.replace(/\/$/, '')}/archives/${room.room}/p${id.replace('.', '')}`;
  return thread ? `${base}?thread_ts=${thread}&cid=${room.room}` : base;
}
