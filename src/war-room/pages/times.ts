/** A server knows no reader's zone, so its pages are in one, which they name. */
export const ZONE = 'UTC';

export const clock = (iso: string): string => iso.slice(11, 16);

export const day = (iso: string): string => iso.slice(0, 10);

/** How long something has been going on, in the largest two units. */
export function age(fromIso: string, toIso: string): string {
  const minutes = Math.max(0, Math.floor((Date.parse(toIso) - Date.parse(fromIso)) / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
