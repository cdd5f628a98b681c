import { useSyncExternalStore } from 'react';
import { shelf } from '../store/device.ts';

/** A choice of this person on this device, the same everywhere on the page. */
export interface Preference<T> {
  read(): T;
  choose(value: T): void;
  subscribe(listener: () => void): () => void;
}

export function preference<T extends string | boolean>(name: string, usual: T, allowed: readonly T[]): Preference<T> {
  const key = `muster.preference.${name}`;
  const listeners = new Set<() => void>();
  const kept = shelf.read(key);
  let value = allowed.find((option) => option === kept) ?? usual;
  return {
    read: () => value,
    choose(next) {
      value = next;
      shelf.write(key, next);
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function usePreference<T>(chosen: Preference<T>): T {
  return useSyncExternalStore(chosen.subscribe, chosen.read);
}

export const theme = preference('theme', 'system', ['system', 'dark', 'light']);
export const times = preference('times', 'local', ['local', 'utc']);
export const singleKeys = preference<boolean>('single-keys', true, [true, false]);

/** The zone times are shown in; undefined is the reader's own. */
export function useZone(): string | undefined {
  return usePreference(times) === 'utc' ? 'UTC' : undefined;
}
