/** A place on this device for small things that must survive a reload. */
export interface Shelf {
  read(name: string): unknown;
  write(name: string, value: unknown): void;
  drop(name: string): void;
  names(prefix: string): readonly string[];
}

/**
 * The browser's own storage. Where it is refused or full the page goes on without it: what is typed is then kept only as
 * long as the page is open.
 */
export function deviceShelf(storage: Storage | undefined = storageOf(globalThis)): Shelf {
  const spare = new Map<string, string>();
  return {
    read(name) {
      try {
        const text = spare.get(name) ?? storage?.getItem(name) ?? undefined;
        return text === undefined ? undefined : JSON.parse(text);
      } catch {
        return undefined;
      }
    },
    write(name, value) {
      const text = JSON.stringify(value);
      try {
        if (storage === undefined) throw new Error('no storage');
        storage.setItem(name, text);
        spare.delete(name);
      } catch {
        spare.set(name, text);
      }
    },
    drop(name) {
      spare.delete(name);
      try {
        storage?.removeItem(name);
      } catch {
        // Refused storage holds nothing to drop.
      }
    },
    names(prefix) {
      const all = new Set(spare.keys());
      for (let index = 0; index < (storage?.length ?? 0); index += 1) all.add(storage?.key(index) ?? '');
      return [...all].filter((name) => name.startsWith(prefix));
    },
  };
}

/** Reading the property throws where a browser withholds storage. */
function storageOf(scope: { readonly localStorage?: Storage }): Storage | undefined {
  try {
    return scope.localStorage;
  } catch {
    return undefined;
  }
}
