import { useEffect, useState, useSyncExternalStore } from 'react';
import { api } from '../api/api.ts';
import { device, entriesOf } from './on-device.ts';
import type { KeptRooms } from './kept-room.ts';
import { RoomStore, type RoomView } from './room-store.ts';

const nothing = (): (() => void) => () => {};
const rooms = async (): Promise<KeptRooms | null> => (await device())?.rooms ?? null;
const loading: RoomView = { me: null, room: null, connection: { name: 'connecting' }, notTaken: null, keptAt: null, outdated: false };

/** The room of this reference, followed for as long as the component is there. */
export function useRoom(ref: string): { readonly view: RoomView; readonly store: RoomStore | null } {
  const [store, setStore] = useState<RoomStore | null>(null);

  useEffect(() => {
    const fresh = new RoomStore(ref, { api, entriesOf, rooms, online: () => navigator.onLine });
    const wake = (): void => fresh.wake();
    const looked = (): void => void (document.visibilityState === 'visible' && fresh.wake());
    const offline = (): void => fresh.offline();
    addEventListener('online', wake);
    addEventListener('offline', offline);
    document.addEventListener('visibilitychange', looked);
    fresh.start();
    setStore(fresh);
    return () => {
      removeEventListener('online', wake);
      removeEventListener('offline', offline);
      document.removeEventListener('visibilitychange', looked);
      fresh.stop();
    };
  }, [ref]);

  const view = useSyncExternalStore(store?.subscribe ?? nothing, store?.view ?? (() => loading));
  return { view, store };
}
