import { decide, firstSeen } from './detector.ts';
import type { Call, Observation, Sent, Standing, Transition } from './outage.types.ts';
import type { Timings } from './timings.types.ts';

export interface Fault {
  readonly from: number;
  readonly to: number;
  /** total: nothing answers. silent: calls work, events stop. half: every second try fails. limited: every call is one too many. */
  readonly kind: 'total' | 'silent' | 'half' | 'limited';
}

export interface Weather {
  readonly seed: number;
  readonly lengthMs: number;
  readonly faults: readonly Fault[];
  readonly callsPerMinute: number;
  /** How many of a hundred looks and calls fail for no reason. */
  readonly errorsInAHundred?: number;
}

/** The production detector against a chat that is only arithmetic, in simulated time. The same seed gives the same day. */
export function simulate(weather: Weather, timings: Timings, tickMs = 250): (Transition & { at: number })[] {
  const random = randomFrom(weather.seed);
  const transitions: (Transition & { at: number })[] = [];
  const calls: Call[] = [];
  let standing: Standing = firstSeen(0, 'watch');
  let nextCall = waitForCall(random, weather);
  let heardAt: number | null = null;
  let sent: Sent | null = null;

  for (let now = 0; now < weather.lengthMs;) {
    for (; nextCall <= now; nextCall += waitForCall(random, weather)) calls.push({ at: nextCall, good: !fails(random, weather, nextCall) });
    while ((calls[0]?.at ?? now) < now - timings.callsMs) calls.shift();
    const seen: Observation = {
      owner: 'watch',
      echoes: true,
      heardAt: heardAt !== null && heardAt <= now ? heardAt : null,
      sent,
      calls,
      unclosed: 0,
      said: null,
      nonce: String(now),
    };
    const decision = decide(standing, seen, now, timings);
    standing = decision.state;
    if (decision.transition) transitions.push({ ...decision.transition, at: now });
    if (decision.canary) {
      const kind = faultAt(weather, now)?.kind;
      const lost = kind === 'silent' || fails(random, weather, now);
      heardAt = lost || kind === 'limited' ? null : now + 50 + random() * 1_500;
      sent = kind === 'limited' ? { t: 'limited', retryAfterMs: 30_000 } : null;
    }
    now += untilSomething(standing, heardAt, nextCall, now, tickMs);
  }
  return transitions;
}

/** Ticks in which nothing can change are passed over, but for one in five seconds that says we are still there. */
function untilSomething({ look, nextAt }: Standing, heardAt: number | null, nextCall: number, now: number, tickMs: number): number {
  const due = look ? (heardAt !== null && heardAt > now ? heardAt : now) : nextAt;
  const wait = Math.min(due - now, nextCall - now, 5_000);
  return Math.max(1, Math.ceil(wait / tickMs)) * tickMs;
}

const faultAt = ({ faults }: Weather, at: number): Fault | undefined => faults.find(({ from, to }) => from <= at && at < to);

function fails(random: () => number, weather: Weather, at: number): boolean {
  const kind = faultAt(weather, at)?.kind;
  return kind === 'total' || (kind === 'half' && random() < 0.5) || random() * 100 < (weather.errorsInAHundred ?? 0);
}

function waitForCall(random: () => number, { callsPerMinute }: Weather): number {
  return callsPerMinute === 0 ? Infinity : (-Math.log(1 - random()) * 60_000) / callsPerMinute;
}

/** Numbers from 0 to 1, the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
