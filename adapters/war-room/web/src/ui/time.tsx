import { useNow } from './clock.ts';
import { useZone } from './preference.ts';
import { clockTime, fullTime, howLong } from './times.ts';

export function ClockTime({ at }: { readonly at: string }) {
  const zone = useZone();
  return (
    <time dateTime={at} title={fullTime(at, zone)}>
      {clockTime(at, zone)}
    </time>
  );
}

/** "33 min", kept right by the page's one clock; fixed once `until` is known. */
export function HowLong({ from, until }: { readonly from: string; readonly until?: string | null }) {
  const now = useNow();
  return <span className="figures">{howLong(from, until ? Date.parse(until) : now)}</span>;
}
