import { at } from './room.fixture.ts';
import { deviceShelf } from './shelf.ts';
import { everythingOnShelf, ShelfEntries, unsentOnShelf } from './shelf-entries.ts';

/** A browser's storage that takes so many values and then says that it is full. */
function aStorage(room: number): Storage {
  const values = new Map<string, string>();
  return {
    get length() {
      return values.size;
    },
    clear: () => values.clear(),
    key: (index) => [...values.keys()][index] ?? null,
    getItem: (name) => values.get(name) ?? null,
    removeItem: (name) => void values.delete(name),
    setItem(name, value) {
      if (values.size >= room && !values.has(name)) throw new Error('full');
      values.set(name, value);
    },
  };
}

describe('Keeping things on the device', () => {
  it('finds them again after a reload', () => {
    const storage = aStorage(9);
    deviceShelf(storage).write('a.1', { text: 'one' });

    const reloaded = deviceShelf(storage);

    expect(reloaded.read('a.1')).toEqual({ text: 'one' });
    expect(reloaded.names('a.')).toEqual(['a.1']);
    expect(reloaded.names('b.')).toEqual([]);
  });

  it('goes on for as long as the page is open when the storage is full', () => {
    const shelf = deviceShelf(aStorage(0));

    shelf.write('a.1', 'one');

    expect(shelf.read('a.1')).toBe('one');
    expect(shelf.names('a.')).toEqual(['a.1']);
  });

  it('passes over what something else has written there', () => {
    const storage = aStorage(9);
    storage.setItem('a', 'not JSON');

    expect(deviceShelf(storage).read('a')).toBeUndefined();
  });

  it('keeps the unsent messages of two people on one device apart, and those of two rooms', async () => {
    const shelf = deviceShelf(aStorage(9));
    const id = '01979c6e-0000-7000-8000-000000000001';
    await new ShelfEntries(shelf, 'p-ana', 'i-1').write({
      command: { id, type: 'message', body: { text: 'mine' } },
      writtenAt: at(1),
      state: 'waiting',
    });

    expect(await new ShelfEntries(shelf, 'p-ana', 'i-1').read()).toHaveLength(1);
    expect(await new ShelfEntries(shelf, 'p-bo', 'i-1').read()).toEqual([]);
    expect(await new ShelfEntries(shelf, 'p-ana', 'i-2').read()).toEqual([]);
    expect([unsentOnShelf(shelf, 'p-ana'), unsentOnShelf(shelf, 'p-bo')]).toEqual([['i-1'], []]);
    expect(everythingOnShelf(shelf)).toMatchObject([{ personId: 'p-ana', incidentId: 'i-1', entry: { command: { id } } }]);
  });

  it('lets a page send what it wrote there after another page took it over', async () => {
    const shelf = deviceShelf(aStorage(9));
    const entries = new ShelfEntries(shelf, 'p-ana', 'i-1');
    const id = '01979c6e-0000-7000-8000-000000000001';
    await entries.read();
    await entries.write({ command: { id, type: 'message', body: { text: 'mine' } }, writtenAt: at(1), state: 'waiting' });

    for (const { name } of everythingOnShelf(shelf)) shelf.drop(name);

    // Null: what the page knows is all there is.
    expect(await entries.read()).toBeNull();
  });
});
