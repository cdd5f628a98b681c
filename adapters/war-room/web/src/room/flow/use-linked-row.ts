import { useSyncExternalStore } from 'react';
import type { FlowItem } from '../../store/flow.ts';
import type { RoomState } from '../../store/room-state.ts';

export interface LinkedRow {
  /** Its place among the items; -1 while it is not there. */
  readonly at: number;
  /** Its row, once it is there. */
  readonly key: string | undefined;
  /** It is in the room, but what was chosen to be shown leaves it out. */
  readonly leftOut: boolean;
  /** What somebody who followed the link is told, where it does not lead to words. */
  readonly say: string | null;
}

/** The row that the address leads to, by its number in the room: `/i/INC-247#m12`. */
export function useLinkedRow(room: RoomState, items: readonly FlowItem[]): LinkedRow {
  const seq = useSyncExternalStore(onAddress, linkedSeq);
  if (seq === null) return { at: -1, key: undefined, leftOut: false, say: null };
  const at = items.findIndex((item) => (item.kind === 'message' || item.kind === 'happening') && item.event.seq === seq);
  const item = items[at];
  if (item !== undefined) {
    const isDeleted = item.kind === 'message' && item.words === null;
    return { at, key: item.key, leftOut: false, say: isDeleted ? 'The message that the link leads to was deleted.' : null };
  }
  if (room.seq < Math.min(seq, room.incident.seq))
    return { at, key: undefined, leftOut: false, say: 'Looking for what the link leads to…' };
  return {
    at,
    key: undefined,
    leftOut: room.events.some((event) => event.seq === seq),
    say: `The link leads to number ${seq}, and this room shows nothing under it. Ask whoever sent it, or search for the words.`,
  };
}

/** From now on the address is the room's again, and the flow ends with what is newest. */
export function leaveLink(): void {
  if (linkedSeq() === null) return;
  history.replaceState(history.state, '', location.pathname + location.search);
  dispatchEvent(new HashChangeEvent('hashchange'));
}

function onAddress(changed: () => void): () => void {
  addEventListener('hashchange', changed);
  addEventListener('popstate', changed);
  return () => {
    removeEventListener('hashchange', changed);
    removeEventListener('popstate', changed);
  };
}

function linkedSeq(): number | null {
  const seq = /^#m(\d{1,9})$/.exec(location.hash)?.[1];
  return seq === undefined ? null : Number(seq);
}
