import type { Figure, Figures } from './figure.types.ts';
import { type Fault, type Weather, randomFrom, simulate } from '#src/outage/simulated-chat';
import { REAL_TIMINGS } from '#src/outage/timings.types';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** A quiet workspace, one with an incident or two, and one in the middle of several. */
const CALLS_A_MINUTE = [0, 5, 60] as const;
/** Of R3's weather, each day: beside every hundredth look and call that fails, at times that nobody chose. */
const A_DAY = { blips: 4, bursts: 2 };
const BLIP_MS = 30 * SECOND;
const BURST_MS = 3 * MINUTE;

/** How long it took, in milliseconds, of so many outages of a kind. Infinite: it was not seen. */
interface Waits {
  readonly suspect: readonly number[];
  readonly down: readonly number[];
}

/** A total outage is doubted and called down in time; so many outages for each traffic. */
function r1(days: number): Figure {
  const waits = waitsFor('total', 2 * MINUTE, CALLS_A_MINUTE, days);
  const [suspect, down] = [p99(waits.suspect), p99(waits.down)];
  return {
    goal: 'total outage: doubted within 30 s and called down within 60 s, p99',
    measured: `doubted ${seconds(p50(waits.suspect))} p50, ${seconds(suspect)} p99; down ${seconds(p50(waits.down))} p50, ${seconds(down)} p99, ${seconds(p100(waits.down))} at most, of ${waits.down.length} outages`,
    pass: suspect <= 30 * SECOND && down <= 60 * SECOND,
  };
}

/** Events that stop, and half of everything failing. */
function r2(days: number): Figure {
  const silent = waitsFor('silent', 2 * MINUTE, CALLS_A_MINUTE, days).down;
  const half = CALLS_A_MINUTE.map((calls) => ({ calls, down: waitsFor('half', 20 * MINUTE, [calls], days).down }));
  return {
    goal: 'events silent while calls work: down within 60 s, p99; half of all calls failing: within 5 min, p99',
    measured: `silent ${seconds(p50(silent))} p50, ${seconds(p99(silent))} p99; half ${half.map(({ calls, down }) => `${seconds(p50(down))} p50, ${seconds(p99(down))} p99 at ${calls} calls a minute`).join('; ')}`,
    pass: p99(silent) <= 60 * SECOND && half.every(({ down }) => p99(down) <= 5 * MINUTE),
  };
}

/** Mixed weather in which nothing is down. */
function r3(days: number): Figure {
  const found = CALLS_A_MINUTE.map((calls) => ({ calls, ...falseAlarms(days, calls) }));
  return {
    goal: `false "down" at most 0.2 a day over 10,000 days of 1 % random errors, ${A_DAY.bursts} bursts of 429 of 3 min and ${A_DAY.blips} blips of 30 s a day; never twice in 10 min`,
    measured: `${found.map(({ calls, falls, doubts }) => `${(falls / days).toFixed(4)} a day at ${calls} calls a minute (doubted ${(doubts / days).toFixed(1)} times)`).join(', ')}; twice in 10 min: ${found.reduce((sum, { flips }) => sum + flips, 0)}; ${days} days each`,
    pass: found.every(({ falls, flips }) => falls / days <= 0.2 && flips === 0),
  };
}

/** An outage that starts somewhere in the third minute, so many times for each traffic. */
export function waitsFor(kind: Fault['kind'], lengthMs: number, traffic: readonly number[], times: number): Waits {
  const weathers = traffic.flatMap((callsPerMinute) => Array.from({ length: times }, (_, i) => outage(kind, lengthMs, callsPerMinute, i)));
  const after = weathers.map((weather) => {
    const changes = simulate(weather, REAL_TIMINGS);
    const begun = weather.faults[0]?.from ?? 0;
    return (to: string) => (changes.find((change) => change.to === to && change.at >= begun)?.at ?? Infinity) - begun;
  });
  return { suspect: after.map((of) => of('suspect')), down: after.map((of) => of('down')) };
}

function outage(kind: Fault['kind'], lengthMs: number, callsPerMinute: number, seed: number): Weather {
  const from = 2 * MINUTE + Math.floor(randomFrom(seed)() * MINUTE);
  return { seed, callsPerMinute, lengthMs: from + lengthMs, faults: [{ from, to: from + lengthMs, kind }] };
}

/** How often a chat was called down that never was, how often doubted, and how often it was called down twice within ten minutes. */
function falseAlarms(days: number, callsPerMinute: number): { falls: number; doubts: number; flips: number } {
  const found = { falls: 0, doubts: 0, flips: 0 };
  for (let day = 0; day < days; day++) {
    const changes = simulate(mixedDay(day, callsPerMinute), REAL_TIMINGS);
    const falls = toldOf(changes);
    found.falls += falls.length;
    found.doubts += changes.filter(({ from, to }) => to === 'suspect' && from === 'ok').length;
    found.flips += falls.filter((at, i) => at - (falls[i - 1] ?? -Infinity) < 10 * MINUTE).length;
  }
  return found;
}

/** When people were told that it is down: from then on until "ok" they know. */
function toldOf(changes: ReturnType<typeof simulate>): number[] {
  const untold = new Set(['ok']);
  return changes.flatMap(({ to, at }) => {
    const isNews = to === 'down' && untold.has('ok');
    if (to === 'ok') untold.add('ok');
    if (to === 'down') untold.delete('ok');
    return isNews ? [at] : [];
  });
}

function mixedDay(seed: number, callsPerMinute: number): Weather {
  const random = randomFrom(seed ^ 0x5eed);
  const some = (kind: Fault['kind'], times: number, lengthMs: number): Fault[] =>
    Array.from({ length: times }, () => {
      const from = Math.floor(random() * (DAY - lengthMs));
      return { kind, from, to: from + lengthMs };
    });
  const faults = [...some('total', A_DAY.blips, BLIP_MS), ...some('limited', A_DAY.bursts, BURST_MS)];
  return { seed, callsPerMinute, lengthMs: DAY, faults, errorsInAHundred: 1 };
}

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
const quantile = (values: readonly number[], share: number): number => sorted(values)[Math.ceil(values.length * share) - 1] ?? Infinity;
const p50 = (values: readonly number[]): number => quantile(values, 0.5);
export const p99 = (values: readonly number[]): number => quantile(values, 0.99);
const p100 = (values: readonly number[]): number => quantile(values, 1);
const seconds = (ms: number): string => `${(ms / SECOND).toFixed(1)} s`;

/** `SIMULATED_DAYS=100` where ten thousand take too long: an hour for R3 on a machine with other things to do. */
const DAYS = Number(process.env['SIMULATED_DAYS'] ?? 10_000);

export const figures: Figures = {
  R1: ({ isSmall }) => Promise.resolve(r1(isSmall ? 100 : DAYS)),
  R2: ({ isSmall }) => Promise.resolve(r2(isSmall ? 100 : DAYS)),
  R3: ({ isSmall }) => Promise.resolve(r3(isSmall ? 20 : DAYS)),
};
