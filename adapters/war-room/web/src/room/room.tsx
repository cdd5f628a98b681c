import { Suspense, useEffect, useRef, useState } from 'react';
import type { RoomEventOf } from '#libs/war-room-protocol/events';
import { ConnectionBanner } from '../connection/connection-banner.tsx';
import { NotFound } from '../shell/not-found.tsx';
import { useDialogs } from '../shell/dialogs.ts';
import { part } from '../shell/part.ts';
import { SignedOut } from '../shell/signed-out.tsx';
import { whenQuiet } from '../shell/when-quiet.ts';
import { useRoomKeys } from './use-room-keys.ts';
import { rolesToRead } from '../store/roles-to-read.ts';
import { mayHere } from '../store/may-here.ts';
import { roomNow } from '../store/room-now.ts';
import { useRoom } from '../store/use-room.ts';
import type { Change } from './changes/changes.tsx';
import { Composer, type ComposerBox } from './composer/composer.tsx';
import { Flow } from './flow/flow.tsx';
import { ChatBanner } from './header/chat-banner.tsx';
import { RoomHeader } from './header/room-header.tsx';
import { Attach } from './load-files.ts';
import styles from './room.module.css';
import { RoomViews, type RoomPart } from './room-views.tsx';

const Changes = part(async () => (await import('./changes/changes.tsx')).Changes);
const Facts = part(async () => (await import('./facts/facts.tsx')).Facts);
const RoleToRead = part(async () => (await import('./hand-over/role-to-read.tsx')).RoleToRead);
const Timeline = part(async () => (await import('./timeline/timeline.tsx')).Timeline);

export interface RoomProps {
  readonly reference: string;
  /** Inside another page, which has its own heading and title. */
  readonly embedded?: boolean;
}

/** One incident's room: its facts, its flow, its timeline, and a box to write in. Follows the server while it is shown. */
export function Room({ reference, embedded = false }: RoomProps) {
  const { view, store } = useRoom(reference);
  const [part, setPart] = useState<RoomPart>('chat');
  const [change, setChange] = useState<Change | null>(null);
  const box = useRef<ComposerBox>(null);
  const [answering, setAnswering] = useState<RoomEventOf<'message.posted'> | null>(null);
  const { room, me, connection } = view;
  useRoomKeys(setChange);
  const { room: here } = useDialogs();
  useEffect(() => {
    here.current = store && { store, change: setChange };
    return () => void (here.current = null);
  }, [here, store]);
  useEffect(() => whenQuiet(Changes.fetch), []);
  usePageTitle(room === null || embedded ? null : `${room.incident.number} ${room.incident.title}`);

  if (store === null || room === null || me === null) {
    if (connection.name === 'signed-out') return <SignedOut />;
    if (connection.name === 'refused') return <NotFound title={`${reference} cannot be shown`} why={connection.why} />;
    return (
      <div className={styles.room} aria-busy="true">
        <ConnectionBanner {...view} />
        <p className={styles.opening}>Opening {reference}…</p>
      </div>
    );
  }

  const Parts = embedded ? 'div' : 'main';
  return (
    <div className={styles.room} data-part={part}>
      <RoomHeader
        incident={room.incident}
        mayTriage={mayHere(me, room.incident, 'incident.triage')}
        onChange={setChange}
        onReopen={() => store.send({ type: 'reopen', body: {} })}
        embedded={embedded}
      />
      <div className={styles.banners}>
        <ConnectionBanner {...view} />
        <ChatBanner mirrors={room.mirrors} givenUp={room.givenUp} />
      </div>
      <Parts className={styles.parts} aria-label={embedded ? undefined : 'Room'}>
        <Suspense fallback={null}>
          <Facts room={room} me={me} onChange={setChange} onTake={(role) => store.send({ type: 'role', body: { role, to: 'me' } })} />
        </Suspense>
        <section className={styles.middle} aria-label="Chat">
          <div role="status">
            <Suspense fallback={null}>
              {rolesToRead(room, me.person).map((given) => (
                <RoleToRead
                  key={given.id}
                  given={given}
                  instructions={room.roles.find(({ key }) => key === given.data.role)?.instructions ?? ''}
                  onRead={() => store.readRoles(given.seq)}
                />
              ))}
            </Suspense>
          </div>
          <Flow
            room={room}
            me={me.person}
            store={store}
            onEdit={(text) => box.current?.putBack(text)}
            onReply={setAnswering}
            onUpdate={() => setChange('update')}
          />
          <Composer
            ref={box}
            key={room.incident.id}
            place={`${me.person.id}.${room.incident.id}`}
            connection={connection}
            people={room.people}
            may={(action) => mayHere(me, room.incident, action)}
            now={() => roomNow(room)}
            answering={answering}
            onAnswer={setAnswering}
            onSend={store.send}
          >
            <Suspense fallback={null}>
              <Attach incidentId={room.incident.id} />
            </Suspense>
          </Composer>
        </section>
        <Suspense fallback={null}>
          <Timeline room={room} store={store} part={part} onPart={setPart} />
        </Suspense>
      </Parts>
      <RoomViews part={part} onPart={setPart} />
      <Suspense fallback={null}>
        {change !== null && (
          <Changes change={change} room={room} me={me} onSend={store.send} onAsk={store.ask} onClose={() => setChange(null)} />
        )}
      </Suspense>
    </div>
  );
}

function usePageTitle(title: string | null): void {
  useEffect(() => {
    if (title !== null) document.title = `${title} · Muster`;
  }, [title]);
}
