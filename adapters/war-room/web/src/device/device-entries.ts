import { createStore, delMany, promisifyRequest, set } from 'idb-keyval';
import { entriesFrom, type KeptEntries, type News } from '../store/kept-entries.ts';
import type { Outgoing } from '../store/outgoing.ts';
import { placeOnShelf } from '../store/shelf-entries.ts';
import type { Shelf } from '../store/shelf.ts';
import { inTurn } from './turns.ts';

interface Told {
  readonly place: string;
  readonly news: News;
}

/** Its keys are a person, an incident and the entry's own id. */
const outgoing = createStore('muster.outgoing', 'outgoing');
const channel = new BroadcastChannel('muster.outgoing');

/** Unsent entries in the browser's database: all pages of this browser see them, and one at a time sends. */
export class DeviceEntries implements KeptEntries {
  readonly #shelf: Shelf;
  readonly #personId: string;
  readonly #incidentId: string;

  constructor(shelf: Shelf, personId: string, incidentId: string) {
    this.#shelf = shelf;
    this.#personId = personId;
    this.#incidentId = incidentId;
  }

  get #place(): string {
    return `${this.#personId}.${this.#incidentId}`;
  }

  async read(): Promise<readonly Outgoing[] | null> {
    const ours = below(this.#personId, this.#incidentId);
    return outgoing('readonly', (store) => promisifyRequest(store.getAll(ours))).then(entriesFrom, () => null);
  }

  /** On the shelf until the database has it: a page that is closed in the same moment takes an open transaction with it. */
  async write(entry: Outgoing): Promise<void> {
    const { id } = entry.command;
    const place = placeOnShelf(this.#personId, this.#incidentId, id);
    this.#shelf.write(place, entry);
    await set(this.#keyOf(id), entry, outgoing);
    this.#shelf.drop(place);
  }

  drop(ids: readonly string[]): Promise<void> {
    return delMany(
      ids.map((id) => this.#keyOf(id)),
      outgoing,
    );
  }

  inTurn<T>(work: () => Promise<T>): Promise<T> {
    return inTurn(navigator.locks, `muster.outgoing.${this.#place}`, work);
  }

  tell(news: News): void {
    channel.postMessage({ place: this.#place, news } satisfies Told);
  }

  hear(listener: (news: News) => void): () => void {
    const heard = ({ data }: MessageEvent<Told>): void => {
      if (data.place === this.#place) listener(data.news);
    };
    channel.addEventListener('message', heard);
    return () => channel.removeEventListener('message', heard);
  }

  #keyOf(id: string): string[] {
    return [this.#personId, this.#incidentId, id];
  }
}

/** The incidents in which this person has something unsent. Rejects where the browser has no database, or withholds it. */
export async function unsentOnDevice(personId: string): Promise<readonly string[]> {
  const keys = await outgoing('readonly', (store) => promisifyRequest(store.getAllKeys(below(personId))));
  return [...new Set(keys.map((key) => (key as string[])[1] ?? ''))];
}

/** All keys that begin with these. */
const below = (...parts: readonly string[]): IDBKeyRange => IDBKeyRange.bound([...parts], [...parts, []]);
