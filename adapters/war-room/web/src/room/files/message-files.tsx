import type { RoomEventOf } from '#libs/war-room-protocol/events';
import { absentWords, type FileOfMessage } from '#libs/war-room-protocol/message-files';
import type { Me } from '#libs/war-room-protocol/views';
import { mayHere } from '../../store/may-here.ts';
import type { RoomState } from '../../store/room-state.ts';
import message from '../flow/message.module.css';
import { KeptFile } from './kept-file.tsx';

export interface MessageFilesProps {
  readonly files: readonly FileOfMessage[];
  readonly event: RoomEventOf<'message.posted'>;
  readonly room: RoomState;
  readonly me: Me;
}

/** What a message of a chat came with: as it is here, or why it is not. */
export function MessageFiles({ files, event, room, me }: MessageFilesProps) {
  const mayRemove = event.by?.id === me.person.id || mayHere(me, room.incident, 'file.remove');
  return (
    <ul className={message.files}>
      {files.map((file) => (
        <li key={file.named.fileId}>
          {file.state === 'kept' ? (
            <KeptFile fact={file.fact} href={`/api/v1/incidents/${room.incident.id}/files/${file.fact.fileId}`} mayRemove={mayRemove} />
          ) : (
            <p className={file.state === 'lost' ? message.lost : message.gone}>
              {absentWords(file, event.via.name)}
              {file.state === 'lost' && file.href !== undefined && (
                <>
                  {' '}
                  <a href={file.href} rel="noreferrer" target="_blank">
                    Look for it in {event.via.name}
                  </a>
                </>
              )}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
