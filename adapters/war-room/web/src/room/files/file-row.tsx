import type { RoomEventOf } from '#libs/war-room-protocol/events';
import type { Me } from '#libs/war-room-protocol/views';
import { mayHere } from '../../store/may-here.ts';
import type { RoomState } from '../../store/room-state.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { ClockTime } from '../../ui/time.tsx';
import message from '../flow/message.module.css';
import { KeptFile } from './kept-file.tsx';

export interface FileRowProps {
  readonly event: RoomEventOf<'file.added'>;
  readonly room: RoomState;
  readonly me: Me;
  readonly reachable: boolean;
}

/** A file where it was added: its picture, its name to open it by, and what it is. */
export function FileRow({ event, room, me, reachable }: FileRowProps) {
  const { data } = event;
  const name = event.by?.name ?? event.via.name;
  const href = `/api/v1/incidents/${room.incident.id}/files/${data.fileId}`;
  const removed = room.events.some((other) => other.type === 'file.removed' && other.data.fileId === data.fileId);
  const mayRemove = event.by?.id === me.person.id || mayHere(me, room.incident, 'file.remove');
  return (
    <article className={message.row} data-row={event.id} tabIndex={reachable ? 0 : -1} aria-labelledby={`by-${event.id}`}>
      <Avatar name={name} />
      <div className={message.body}>
        <p className={message.meta} id={`by-${event.id}`}>
          <strong>{name}</strong> <ClockTime at={event.displayAt} /> added a file
          {event.via.id !== 'web' && ` via ${event.via.name}`}
        </p>
        {removed ? <p className={message.gone}>{data.name} was removed.</p> : <KeptFile fact={data} href={href} mayRemove={mayRemove} />}
      </div>
    </article>
  );
}
