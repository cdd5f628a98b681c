/** Formatters are slow to make and are made once. `zone` undefined is the reader's own. */
interface Formatters {
  readonly clock: Intl.DateTimeFormat;
  readonly day: Intl.DateTimeFormat;
  readonly full: Intl.DateTimeFormat;
}

const made = new Map<string | undefined, Formatters>();

function formatters(zone: string | undefined): Formatters {
  const known = made.get(zone);
  if (known !== undefined) return known;
  const fresh = {
    clock: new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone }),
    day: new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: zone }),
    full: new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long', timeZone: zone }),
  };
  made.set(zone, fresh);
  return fresh;
}

/** "03:12" */
export function clockTime(iso: string, zone?: string): string {
  return formatters(zone).clock.format(new Date(iso));
}

/** "Saturday 21 November" */
export function dayName(iso: string, zone?: string): string {
  return formatters(zone).day.format(new Date(iso));
}

export function fullTime(iso: string, zone?: string): string {
  return formatters(zone).full.format(new Date(iso));
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "just now", "33 min", "5 h 10 min", "3 days": how long from one moment to the other. */
export function howLong(from: string, to: number): string {
  const ms = to - Date.parse(from);
  if (ms < MINUTE) return 'under a minute';
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY)
    return [`${Math.floor(ms / HOUR)} h`, ms % HOUR >= MINUTE ? `${Math.floor((ms % HOUR) / MINUTE)} min` : ''].join(' ').trim();
  const days = Math.floor(ms / DAY);
  return days === 1 ? '1 day' : `${days} days`;
}
