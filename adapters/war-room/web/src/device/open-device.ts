import type { KeptEntries } from '../store/kept-entries.ts';
import { everythingOnShelf } from '../store/shelf-entries.ts';
import type { Shelf } from '../store/shelf.ts';
import { DeviceEntries, unsentOnDevice } from './device-entries.ts';
import { DeviceRooms } from './device-rooms.ts';

/** What this browser keeps for all pages of ours in it. */
export interface Device {
  readonly rooms: DeviceRooms;
  entries(personId: string, incidentId: string): KeptEntries;
  /** The incidents in which this person has something unsent. */
  unsent(personId: string): Promise<readonly string[]>;
}

/** Rejects where the browser has no such place. */
export async function openDevice(shelf: Shelf): Promise<Device> {
  const device: Device = {
    rooms: new DeviceRooms(shelf),
    entries: (personId, incidentId) => new DeviceEntries(shelf, personId, incidentId),
    unsent: unsentOnDevice,
  };
  await device.unsent('');
  await takeOver(shelf, device);
  return device;
}

/** What lies on the shelf: of a page from before there was this, or of one that could not open it. */
async function takeOver(shelf: Shelf, device: Device): Promise<void> {
  for (const { name, personId, incidentId, entry } of everythingOnShelf(shelf)) {
    await device.entries(personId, incidentId).write(entry);
    shelf.drop(name);
  }
}
