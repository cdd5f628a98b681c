import { Suspense } from 'react';
import type { Person } from '#libs/war-room-protocol/vocabulary';
import { heardIn, type FlowItem, type MessageItem } from '../../store/flow.ts';
import { isOpenOffer } from '../../store/offers.ts';
import { rolesToRead } from '../../store/roles-to-read.ts';
import type { RoomState } from '../../store/room-state.ts';
import type { RoomStore } from '../../store/room-store.ts';
import { part } from '../../shell/part.ts';
import { FileRow, MessageFiles } from '../load-files.ts';
import { HappeningRow } from './happening-row.tsx';
import { MessageRow, type MessageRowProps } from './message-row.tsx';
import { NoticeRow } from './notice-row.tsx';
import { OutgoingRow } from './outgoing-row.tsx';
import { isMissing, standing } from './standing.ts';

const NudgeRow = part(async () => (await import('../updates/nudge-row.tsx')).NudgeRow);
const HandOverRow = part(async () => (await import('../hand-over/hand-over-row.tsx')).HandOverRow);

export interface FlowRowProps {
  readonly item: FlowItem;
  readonly room: RoomState;
  readonly me: Person;
  readonly store: RoomStore;
  /** The one row that the Tab key reaches. */
  readonly reachable: boolean;
  /** No message came after it. */
  readonly newest: boolean;
  /** Its author goes on with what they said just above. */
  readonly goesOn: boolean;
  readonly onEdit: (text: string) => void;
  readonly onReply: MessageRowProps['onReply'];
  readonly onUpdate: () => void;
}

export function FlowRow({ item, room, me, store, reachable, newest, goesOn, onEdit, onReply, onUpdate }: FlowRowProps) {
  switch (item.kind) {
    case 'message': {
      const mine = item.event.by?.id === me.id && item.event.via.id === 'web';
      const heard = item.words === null ? [] : heardIn(room, item.event);
      const missing = heard.filter(isMissing);
      return (
        <MessageRow
          event={item.event}
          words={item.words}
          edited={item.edited}
          files={filesOf(item, room, store)}
          standing={mine && item.words !== null ? standing(heard, newest, goesOn) : standing(missing, false)}
          unsaid={missing.length > 0 ? missing.map(({ why = '' }) => why).join(' ') : undefined}
          reachable={reachable}
          goesOn={goesOn}
          me={me}
          store={store}
          onReply={onReply}
        />
      );
    }
    case 'happening': {
      const offer = isOpenOffer(room, item.event) ? item.event.id : null;
      const onApply = offer === null ? null : () => store.send({ type: 'apply', body: { offerId: offer } });
      const line = <HappeningRow event={item.event} reachable={reachable} onApply={onApply} />;
      if (item.event.type === 'nudge.given')
        return (
          <Suspense fallback={line}>
            <NudgeRow event={item.event} room={room} reachable={reachable} onSend={store.send} onUpdate={onUpdate} />
          </Suspense>
        );
      // What stands above the messages, to be read, is not there twice.
      if (item.event.type === 'incident.role-changed' && item.event.data.card !== undefined && !rolesToRead(room, me).includes(item.event))
        return (
          <Suspense fallback={line}>
            <HandOverRow event={item.event} card={item.event.data.card} reachable={reachable} />
          </Suspense>
        );
      const whole = store.view().me;
      if (item.event.type !== 'file.added' || whole === null) return line;
      return (
        <Suspense fallback={line}>
          <FileRow event={item.event} room={room} me={whole} reachable={reachable} />
        </Suspense>
      );
    }
    case 'notice':
      return <NoticeRow notice={item.notice} reachable={reachable} onDismiss={store.dismiss} />;
    case 'outgoing':
      return (
        <OutgoingRow
          entry={item.entry}
          me={me}
          reachable={reachable}
          goesOn={goesOn}
          onRetry={store.retry}
          onDiscard={store.discard}
          onEdit={onEdit}
        />
      );
  }
}

function filesOf({ files, event }: MessageItem, room: RoomState, store: RoomStore) {
  const { me } = store.view();
  if (files.length === 0 || me === null) return null;
  return (
    <Suspense fallback={<p>{files.map(({ named }) => named.name).join(', ')}</p>}>
      <MessageFiles files={files} event={event} room={room} me={me} />
    </Suspense>
  );
}
