import { entriesFrom, type KeptEntries } from './kept-entries.ts';
import type { Outgoing } from './outgoing.ts';
import type { Shelf } from './shelf.ts';

const PREFIX = 'muster.outgoing.';
const prefixOf = (personId: string, incidentId = ''): string => `${PREFIX}${personId}.${incidentId === '' ? '' : `${incidentId}.`}`;

/** Where one entry lies there. */
export const placeOnShelf = (personId: string, incidentId: string, id: string): string => prefixOf(personId, incidentId) + id;

/**
 * Unsent entries on the shelf, where the browser has no locks (plain http) or refuses its database. Each has a place of its
 * own, so that two tabs never overwrite each other's. Each tab sends what it has: the server takes one id once.
 */
export class ShelfEntries implements KeptEntries {
  readonly #shelf: Shelf;
  readonly #prefix: string;
  #isRead = false;

  constructor(shelf: Shelf, personId: string, incidentId: string) {
    this.#shelf = shelf;
    this.#prefix = prefixOf(personId, incidentId);
  }

  /** Once. From then on a page that can do better may take over what lies here, and this one sends what it knows all the same. */
  async read(): Promise<readonly Outgoing[] | null> {
    if (this.#isRead) return null;
    this.#isRead = true;
    return entriesFrom(this.#shelf.names(this.#prefix).map((name) => this.#shelf.read(name)));
  }

  async write(entry: Outgoing): Promise<void> {
    this.#shelf.write(this.#prefix + entry.command.id, entry);
  }

  async drop(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#shelf.drop(this.#prefix + id);
  }

  inTurn<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }

  tell(): void {}

  hear(): () => void {
    return () => {};
  }
}

/** The incidents in which this person has something unsent there. */
export function unsentOnShelf(shelf: Shelf, personId: string): readonly string[] {
  const prefix = prefixOf(personId);
  return [...new Set(shelf.names(prefix).map((name) => name.slice(prefix.length).split('.')[0] ?? ''))];
}

/** All that lies there, of whomever, with the place to drop it from. */
export function everythingOnShelf(shelf: Shelf): readonly { name: string; personId: string; incidentId: string; entry: Outgoing }[] {
  return shelf.names(PREFIX).flatMap((name) => {
    const [personId = '', incidentId = ''] = name.slice(PREFIX.length).split('.');
    return entriesFrom([shelf.read(name)]).map((entry) => ({ name, personId, incidentId, entry }));
  });
}
