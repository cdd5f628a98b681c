import type { Device } from '../device/open-device.ts';
import { shelf } from './device.ts';
import type { KeptEntries } from './kept-entries.ts';
import { ShelfEntries, unsentOnShelf } from './shelf-entries.ts';

/** For so long a room waits for what this device has of it: longer, and it goes on without. */
const OPEN_WITHIN_MS = 1_500;
/** Where nobody waits for it, it may take longer: a slow machine is no reason to leave something unsent. */
const PATIENTLY_MS = 15_000;

let opening: Promise<Device | null> | undefined;

/**
 * What this browser keeps for all its pages. Null over plain http, where the browser withholds what that takes, and where the file
 * that knows how does not arrive in time: then the shelf has to do.
 */
export const device = (withinMs = OPEN_WITHIN_MS): Promise<Device | null> =>
  Promise.race([(opening ??= opened()), new Promise<null>((resolve) => setTimeout(resolve, withinMs, null))]);

/** Where this person's unsent entries of this room are. */
export async function entriesOf(personId: string, incidentId: string): Promise<KeptEntries> {
  return (await device())?.entries(personId, incidentId) ?? new ShelfEntries(shelf, personId, incidentId);
}

/** The incidents in which this person has something unsent on this device. */
export async function unsentOf(personId: string): Promise<readonly string[]> {
  const there = await device(PATIENTLY_MS);
  return there?.unsent(personId).catch(() => []) ?? unsentOnShelf(shelf, personId);
}

async function opened(): Promise<Device | null> {
  if (!('locks' in navigator)) return null;
  try {
    return await (await import('../device/open-device.ts')).openDevice(shelf);
  } catch {
    return null;
  }
}
