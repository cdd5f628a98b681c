import { Fragment, useEffect, useMemo, useState } from 'react';
import type { Person } from '#libs/war-room-protocol/vocabulary';
import { goesOn } from '../../store/goes-on.ts';
import { flowOf, type Filter, type FlowItem } from '../../store/flow.ts';
import type { RoomState } from '../../store/room-state.ts';
import { newId } from '../../store/new-id.ts';
import type { RoomStore } from '../../store/room-store.ts';
import { Button } from '../../ui/button.tsx';
import { useZone } from '../../ui/preference.ts';
import { clockTime, dayName } from '../../ui/times.ts';
import { Filters } from './filters.tsx';
import styles from './flow.module.css';
import { FlowRow, type FlowRowProps } from './flow-row.tsx';
import { leaveLink, useLinkedRow } from './use-linked-row.ts';
import { useLeftMark } from './use-left-mark.ts';
import { useRovingRows } from './use-roving-rows.ts';
import { useSteadyScroll } from './use-steady-scroll.ts';

/** Enough for any incident's last hours; more are a press away. Drawing all of a long one would slow every key. */
const ROWS = 300;

export interface FlowProps {
  readonly room: RoomState;
  readonly me: Person;
  readonly store: RoomStore;
  /** These words go back into the message box. */
  readonly onEdit: (text: string) => void;
  readonly onReply: FlowRowProps['onReply'];
  readonly onUpdate: () => void;
}

/** The one flow of a room: what people wrote and what happened, where it happened. */
export function Flow({ room, me, store, onEdit, onReply, onUpdate }: FlowProps) {
  const zone = useZone();
  const [{ filter, since }, choose] = useState<{ readonly filter: Filter; readonly since: string }>({ filter: 'all', since: '' });
  const [rows, setRows] = useState(ROWS);
  const items = useMemo(() => flowOf(room, filter, since), [room, filter, since]);
  const linked = useLinkedRow(room, items);
  // Around what a link leads to where that is long ago: drawing all that came after it would take the page's breath.
  const isFar = linked.at !== -1 && items.length - linked.at > rows;
  const first = isFar ? Math.max(0, linked.at - rows) : Math.max(0, items.length - rows);
  const shown = items.slice(first, isFar ? linked.at + rows : undefined);
  const newest = shown.findLast((item) => item.kind === 'message')?.key;
  const left = useLeftMark(room, me, store);
  const firstNew = left === null ? undefined : shown.find((item) => isNews(item, me, left.seq))?.key;
  const scroll = useSteadyScroll(room, me, filter);
  const roving = useRovingRows(shown.at(-1)?.key);
  const { toRow } = scroll;
  const toNewest = (): void => {
    leaveLink();
    scroll.toEnd();
  };
  const lastOwn = room.outgoing.at(-1)?.command.id;
  useEffect(() => {
    if (lastOwn !== undefined) leaveLink();
  }, [lastOwn]);
  useEffect(() => {
    if (linked.leftOut && filter !== 'all') choose({ filter: 'all', since: '' });
  }, [linked.leftOut, filter]);
  useEffect(() => {
    const row = linked.key === undefined ? null : document.querySelector<HTMLElement>(`[data-row="${CSS.escape(linked.key)}"]`);
    if (row === null) return;
    row.focus({ preventScroll: true });
    toRow(row);
    row.dataset['linked'] = '';
    return () => void delete row.dataset['linked'];
  }, [linked.key, toRow]);

  return (
    <>
      <Filters filter={filter} onFilter={(chosen) => choose({ filter: chosen, since: newId() })} />
      <p className={styles.linked} role="status">
        {linked.say}
      </p>
      <div className={styles.frame}>
        <div
          ref={scroll.ref}
          className={styles.flow}
          role="log"
          aria-label="Messages"
          aria-live={roving.inside ? 'polite' : 'off'}
          onScroll={scroll.onScroll}
          {...roving.list}
        >
          <div ref={scroll.rows}>
            {first > 0 && (
              <div className={styles.earlier}>
                <Button onClick={() => setRows(rows + ROWS)}>Show earlier</Button>
              </div>
            )}
            {shown.map((item, index) => {
              const day = startsDay(shown[index - 1], item, zone);
              return (
                <Fragment key={item.key}>
                  {day !== undefined && <p className={styles.day}>{day}</p>}
                  {item.key === firstNew && left !== null && (
                    <p className={styles.left}>New since you left at {clockTime(left.at, zone)}</p>
                  )}
                  <FlowRow
                    item={item}
                    room={room}
                    me={me}
                    store={store}
                    reachable={item.key === roving.current}
                    newest={item.key === newest}
                    goesOn={day === undefined && item.key !== firstNew && goesOn(shown[index - 1], item, me)}
                    onEdit={onEdit}
                    onReply={onReply}
                    onUpdate={onUpdate}
                  />
                </Fragment>
              );
            })}
            {isFar && (
              <div className={styles.earlier}>
                <Button onClick={() => setRows(rows + ROWS)}>Show later</Button> <Button onClick={toNewest}>Go to the newest</Button>
              </div>
            )}
            {filter === 'people' && shown.length === 0 && (
              <p className={styles.empty}>Nobody has written yet. What you write below is seen by everyone in the room.</p>
            )}
          </div>
        </div>
        {scroll.unseen > 0 && (
          <div className={styles.pill}>
            <Button look="primary" onClick={toNewest}>
              {scroll.unseen} new
            </Button>
          </div>
        )}
      </div>
    </>
  );
}

function isNews(item: FlowItem, me: Person, seq: number): boolean {
  return (item.kind === 'message' || item.kind === 'happening') && item.event.seq > seq && !item.event.late && item.event.by?.id !== me.id;
}

function startsDay(before: FlowItem | undefined, item: FlowItem, zone: string | undefined): string | undefined {
  const day = dayOf(item, zone);
  if (day === undefined) return undefined;
  const earlier = before === undefined ? dayName(new Date().toISOString(), zone) : dayOf(before, zone);
  return earlier === undefined || earlier === day ? undefined : day;
}

function dayOf(item: FlowItem, zone: string | undefined): string | undefined {
  return item.kind === 'message' || item.kind === 'happening' ? dayName(item.event.displayAt, zone) : undefined;
}
