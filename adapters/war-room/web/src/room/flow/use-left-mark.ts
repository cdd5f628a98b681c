import { useEffect, useRef, useState } from 'react';
import * as z from 'zod/mini';
import type { Person } from '#libs/war-room-protocol/vocabulary';
import { shelf } from '../../store/device.ts';
import type { RoomState } from '../../store/room-state.ts';

const mark = z.object({ seq: z.number(), at: z.string() });
export type LeftMark = z.infer<typeof mark>;

/** A glance elsewhere is not leaving. */
const AWAY_MS = 60_000;

/** How far this person had read, and when they left. Written when the page is hidden or closed, read on coming back. */
export function useLeftMark(room: RoomState, me: Person): LeftMark | null {
  const name = `muster.left.${me.id}.${room.incident.id}`;
  const [left, setLeft] = useState(() => readMark(name));
  const seq = useRef(room.seq);
  useEffect(() => {
    seq.current = Math.max(seq.current, room.seq);
  }, [room.seq]);

  useEffect(() => {
    const leave = (): void => {
      if (seq.current > 0) shelf.write(name, { seq: seq.current, at: new Date().toISOString() });
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
  }, [name]);

  return left;
}

function readMark(name: string): LeftMark | null {
  const kept = mark.safeParse(shelf.read(name));
  return kept.success ? kept.data : null;
}
