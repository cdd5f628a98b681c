import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { Person } from '#libs/war-room-protocol/vocabulary';
import type { Filter } from '../../store/flow.ts';
import type { RoomState } from '../../store/room-state.ts';

/** Within this many pixels of the end, the reader is taken to be at the end. */
const NEAR = 40;

export interface SteadyScroll {
  readonly ref: RefObject<HTMLDivElement | null>;
  /** On what is scrolled: it grows also when no event came, as a message does when what can be done with it arrives. */
  readonly rows: RefObject<HTMLDivElement | null>;
  readonly onScroll: () => void;
  readonly toEnd: () => void;
  /** Stands at this row from now on. */
  readonly toRow: (row: HTMLElement) => void;
  /** Messages of others that came while the reader was further up. */
  readonly unseen: number;
}

/**
 * Follows the end while the reader is there. Further up, the row at the top of the view stays where it is whatever
 * arrives above or below it, and what is new is counted.
 */
export function useSteadyScroll(room: RoomState, me: Person, filter: Filter): SteadyScroll {
  const ref = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const anchor = useRef<{ readonly row: Element; readonly top: number } | null>(null);
  const [seenTo, setSeenTo] = useState<number | null>(null);
  const lastOwn = room.outgoing.at(-1)?.command.id;
  const answer = room.notices.at(-1)?.id ?? '';
  const answered = useRef(answer);

  const remember = useCallback(() => {
    const list = ref.current;
    if (list === null) return;
    atEnd.current = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
    if (atEnd.current) return;
    const top = list.getBoundingClientRect().top;
    const row = [...list.querySelectorAll('[data-row]')].find((each) => each.getBoundingClientRect().bottom > top);
    anchor.current = row === undefined ? null : { row, top: row.getBoundingClientRect().top };
  }, []);

  const toEnd = useCallback(() => {
    const list = ref.current;
    if (list === null) return;
    list.scrollTop = list.scrollHeight;
    atEnd.current = true;
    setSeenTo(null);
  }, []);

  const toRow = useCallback(
    (row: HTMLElement) => {
      row.scrollIntoView({ block: 'center' });
      remember();
    },
    [remember],
  );

  const stay = useCallback(() => {
    const list = ref.current;
    const held = anchor.current;
    if (list === null) return;
    if (atEnd.current) list.scrollTop = list.scrollHeight;
    else if (held !== null && held.row.isConnected) list.scrollTop += held.row.getBoundingClientRect().top - held.top;
    remember();
  }, [remember]);

  useLayoutEffect(stay, [room, stay]);

  useLayoutEffect(toEnd, [filter, lastOwn, toEnd]);

  // An answer that is longer than the view is read from where it begins.
  useLayoutEffect(() => {
    if (answer <= answered.current) return;
    answered.current = answer;
    toEnd();
    const row = ref.current?.querySelector(`[data-row="${CSS.escape(answer)}"]`);
    if (row && ref.current && row.getBoundingClientRect().top < ref.current.getBoundingClientRect().top) {
      row.scrollIntoView({ block: 'start' });
      remember();
    }
  }, [answer, toEnd, remember]);

  useLayoutEffect(() => {
    if (ref.current === null || rows.current === null) return;
    const follow = new ResizeObserver(stay);
    follow.observe(ref.current);
    follow.observe(rows.current);
    return () => follow.disconnect();
  }, [stay]);

  const onScroll = useCallback(() => {
    remember();
    setSeenTo((before) => (atEnd.current ? null : (before ?? room.seq)));
  }, [remember, room.seq]);

  const unseen =
    seenTo === null
      ? 0
      : room.events.filter((event) => event.seq > seenTo && event.type === 'message.posted' && event.by?.id !== me.id).length;
  return { ref, rows, onScroll, toEnd, toRow, unseen };
}
