const MOMENT = /^(?:at\s+)?(?:(\d{4}-\d{2}-\d{2})[T\s]+)?(\d{1,2}):(\d{2})(?:\s*(?:utc|z))?[\s:,-]+(\S[\s\S]*)$/i;
const DAY_MS = 86_400_000;
/** A clock that is a little ahead of ours does not mean yesterday. */
const CLOCKS_DIFFER_MS = 60_000;

/** "14:05 The deploy went out": the last 14:05 there was, in UTC, and what happened then. Null when it begins with no time. */
export function momentIn(text: string, now: Date): { readonly at: Date; readonly rest: string } | null {
  const [, day, hour = '', minute = '', rest = ''] = MOMENT.exec(text.trim()) ?? [];
  const time = `${hour.padStart(2, '0')}:${minute}:00Z`;
  const at = new Date(`${day ?? now.toISOString().slice(0, 10)}T${time}`);
  if (rest === '' || Number.isNaN(at.getTime())) return null;
  const isAhead = day === undefined && at.getTime() > now.getTime() + CLOCKS_DIFFER_MS;
  return { at: isAhead ? new Date(at.getTime() - DAY_MS) : at, rest };
}
