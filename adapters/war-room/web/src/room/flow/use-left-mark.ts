import { useEffect, useRef, useState } from 'react';
import * as z from 'zod/mini';
import type { Person } from '#libs/war-room-protocol/vocabulary';
import { shelf } from '../../store/device.ts';
import type { RoomState } from '../../store/room-state.ts';
import type { RoomStore } from '../../store/room-store.ts';

const mark = z.object({ seq: z.number(), at: z.string() });
export type LeftMark = z.infer<typeof mark>;

/** A glance elsewhere is not leaving. */
const AWAY_MS = 60_000;

/** How far this person had read, and when they left. Written when the page is hidden or closed, read on coming back. */
export function useLeftMark(room: RoomState, me: Person, store: RoomStore): LeftMark | null {
  const name = `muster.left.${me.id}.${room.incident.id}`;
  // What another device has read counts too; without the server, what this one has.
  const [left, setLeft] = useState(() => furthest(readMark(name), room.read));
  const seq = useRef(room.seq);
  useEffect(() => {
    seq.current = Math.max(seq.current, room.seq);
  }, [room.seq]);

  useEffect(() => {
    const leave = (): void => {
      if (seq.current === 0) return;
      shelf.write(name, { seq: seq.current, at: new Date().toISOString() });
      store.read(seq.current);
    };
    const looked = (): void => {
      if (document.visibilityState === 'hidden') return leave();
      const kept = readMark(name);
      if (kept !== null && Date.now() - Date.parse(kept.at) > AWAY_MS) setLeft(kept);
    };
    addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', looked);
    return () => {
      leave();
      removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', looked);
    };
  }, [name, store]);

  return left;
}

const furthest = (one: LeftMark | null, other: LeftMark | null): LeftMark | null => ((one?.seq ?? -1) > (other?.seq ?? -1) ? one : other);

function readMark(name: string): LeftMark | null {
  const kept = mark.safeParse(shelf.read(name));
  return kept.success ? kept.data : null;
}
