import { useMemo, useState } from 'react';
import type { RoomState } from '../../store/room-state.ts';
import type { RoomStore } from '../../store/room-store.ts';
import { Button } from '../../ui/button.tsx';
import { ClockTime } from '../../ui/time.tsx';
import { HappeningWords, useHappening } from '../happening-words.tsx';
import type { RoomPart } from '../room-views.tsx';
import type { RoomEvent } from '#libs/war-room-protocol/events';
import { EntryForm } from './entry-form.tsx';
import { itemsOf, type TimelineItem } from './items.ts';
import said from '../said.module.css';
import styles from './timeline.module.css';

export interface TimelineProps {
  readonly room: RoomState;
  readonly store: RoomStore;
  readonly part: RoomPart;
  readonly onPart: (part: RoomPart) => void;
}

/** How the incident turned, and what people pinned and added. At middle widths this side also holds the details, and two buttons choose. */
export function Timeline({ room, store, part, onPart }: TimelineProps) {
  const [changing, setChanging] = useState(false);
  const items = useMemo(() => itemsOf(room), [room]);
  const left = items.filter(({ hidden }) => hidden).length;
  return (
    <>
      <div className={styles.choice} role="group" aria-label="Beside the chat">
        <button type="button" aria-pressed={part !== 'details'} onClick={() => onPart('chat')}>
          Timeline
        </button>
        <button type="button" aria-pressed={part === 'details'} onClick={() => onPart('details')}>
          Details
        </button>
      </div>
      <section className={styles.timeline} aria-labelledby="timeline-heading">
        <h2 id="timeline-heading">
          <span>Timeline</span>
        </h2>
        <div className={styles.changing}>
          <Button aria-expanded={changing} onClick={() => setChanging(!changing)}>
            {changing ? 'Done' : 'Change the timeline'}
          </Button>
          {left > 0 && !changing && <span>{left} left out</span>}
        </div>
        {changing && <EntryForm verb="Add" onSave={(body) => store.send({ type: 'entry', body })} />}
        <ol>{items.map((item) => (changing || !item.hidden) && <Line key={item.id} item={item} store={store} changing={changing} />)}</ol>
      </section>
    </>
  );
}

function Line({ item, store, changing }: { readonly item: TimelineItem; readonly store: RoomStore; readonly changing: boolean }) {
  const [editing, setEditing] = useState(false);
  const edit = item.kind === 'entry' && changing;
  return (
    <li
      className={item.kind === 'happening' && /^incident\./.test(item.event.type) ? styles.turn : styles.note}
      data-hidden={item.hidden || undefined}
    >
      <ClockTime at={item.at} />
      <span className={styles.mark} aria-hidden="true" />
      <div>
        {item.kind === 'happening' && <Happened event={item.event} />}
        {item.kind === 'pinned' && (
          <>
            <div className={said.said} dangerouslySetInnerHTML={{ __html: item.html }} />
            {item.files !== '' && <p>{item.files}</p>}
            <p className={styles.by}>Pinned, said by {item.by}</p>
          </>
        )}
        {item.kind === 'entry' && (
          <p>
            <Written {...item} /> <span className={styles.by}>Added by {item.by}</span>
          </p>
        )}
        {item.kind === 'entry' && item.before.length > 0 && (
          <details>
            <summary>Edited</summary>
            {item.before.map((was, index) => (
              <p key={index}>
                <ClockTime at={was.happenedAt} /> <Written {...was} />
              </p>
            ))}
          </details>
        )}
        {changing && (
          <p className={styles.buttons}>
            <Button onClick={() => store.send({ type: 'hide', body: { itemId: item.id, on: !item.hidden } })}>
              {item.hidden ? 'Put back' : 'Leave out'}
            </Button>
            {edit && (
              <Button aria-expanded={editing} onClick={() => setEditing(!editing)}>
                Edit
              </Button>
            )}
          </p>
        )}
        {edit && editing && (
          <EntryForm
            verb="Save"
            text={item.text}
            at={item.at}
            onSave={(body) => {
              store.send({ type: 'edit-entry', body: { entryId: item.id, ...body } });
              setEditing(false);
            }}
          />
        )}
      </div>
    </li>
  );
}

/** As it was typed where an older server answers. */
function Written({ text, html }: { readonly text: string; readonly html?: string | undefined }) {
  return html === undefined ? text : <HappeningWords sentence={[{ html }]} />;
}

function Happened({ event }: { readonly event: RoomEvent }) {
  const happening = useHappening(event);
  return <p>{happening !== undefined && <HappeningWords sentence={happening.sentence} />}</p>;
}
