import * as z from 'zod/mini';
import { clear, createStore, delMany, entries, get, set, del } from 'idb-keyval';
import type { RoomEvent } from '#libs/war-room-protocol/events';
import { me, roomSnapshot } from '#libs/war-room-protocol/views';
import { readableEvent } from '../api/readable-events.ts';
import type { KeptRoom, KeptRooms } from '../store/kept-room.ts';
import type { Shelf } from '../store/shelf.ts';

const LAST_HERE = 'muster.last-here';
const WEEK_MS = 7 * 24 * 3_600_000;

/** Its keys are the references by which rooms were opened. */
const rooms = createStore('muster.rooms', 'rooms');
const keptRoom = z.object({ keptAt: z.string(), me, snapshot: roomSnapshot, events: z.array(z.unknown()) });

/** Rooms as they were seen here last, for the hour in which Muster does not answer. Of whoever was here last, and of nobody else. */
export class DeviceRooms implements KeptRooms {
  readonly #shelf: Shelf;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  async iAm(personId: string): Promise<void> {
    const isAnother = this.#shelf.read(LAST_HERE) !== personId;
    this.#shelf.write(LAST_HERE, personId);
    if (isAnother) return clear(rooms);
    const old = new Date(Date.now() - WEEK_MS).toISOString();
    await delMany(
      (await entries<string, KeptRoom>(rooms)).filter(([, { keptAt }]) => keptAt < old).map(([reference]) => reference),
      rooms,
    );
  }

  async keep(reference: string, room: KeptRoom): Promise<void> {
    if (this.#shelf.read(LAST_HERE) === room.me.person.id) await set(reference, room, rooms);
  }

  async read(reference: string): Promise<KeptRoom | null> {
    const kept = keptRoom.safeParse(await get(reference, rooms));
    if (!kept.success || this.#shelf.read(LAST_HERE) !== kept.data.me.person.id) return null;
    const events = kept.data.events.map(readableEvent).filter((event): event is RoomEvent => event !== undefined);
    return { ...kept.data, events };
  }

  forget(reference: string): Promise<void> {
    return del(reference, rooms);
  }
}
