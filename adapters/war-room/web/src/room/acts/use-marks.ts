import { useSyncExternalStore } from 'react';
import { type Marks, marksOf } from '../../store/marks.ts';
import type { RoomStore } from '../../store/room-store.ts';

/** The marks of one message; draws again only when they change. */
export function useMarks(store: RoomStore, messageId: string): Marks | undefined {
  return useSyncExternalStore(store.subscribe, () => {
    const { room } = store.view();
    return room === null ? undefined : marksOf(store, room).get(messageId);
  });
}
