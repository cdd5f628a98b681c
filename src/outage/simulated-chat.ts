import { decide, firstSeen } from './detector.ts';
import type { Call, Look, Looked, Observation, Overheard, Sent, Standing, Transition } from './outage.types.ts';
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
  /** It brings no echo: a look reads its history, which shows what so many people a minute write there. */
  readonly readBack?: { readonly saidPerMinute: number };
}

/** A chat that is well is watched at least so often, whatever it does: rarer, and it would count as not watched. */
const AT_LEAST_MS = { ok: 25_000, suspect: 1_000, down: 5_000, recovering: 5_000 } as const;

/**
 * The production detector against a chat that is only arithmetic, in simulated time: it steps from one moment at which something can
 * change to the next. The same seed gives the same day. The echo of a look is lost when trouble begins before it is there.
 */
export function simulate(weather: Weather, timings: Timings, tickMs = 250): (Transition & { at: number })[] {
  const random = randomFrom(weather.seed);
  const transitions: (Transition & { at: number })[] = [];
  const traffic = new Traffic(random, weather);
  // What it may hold later is there from the beginning: copies are cheaper while all are of one shape.
  let standing: Standing = { ...firstSeen(0, 'watch'), misses: [], answered: 0, half: null };
  let heardAt: number | null = null;
  let sent: Sent | null = null;
  let posted: Looked = { heardAt: null, sent: null };
  const untold = new Untold(weather);

  for (let now = 0; now < weather.lengthMs;) {
    const seen: Observation = {
      owner: 'watch',
      looks: true,
      heardAt: heardAt !== null && heardAt <= now ? heardAt : null,
      sent,
      ...(weather.readBack && standing.look && heardAt !== null && heardAt <= now ? { unheard: untold.by(now - UNHEARD_MS) } : {}),
      second: weather.readBack
        ? null
        : {
            heardAt: posted.heardAt !== null && posted.heardAt <= now ? posted.heardAt : null,
            sent: posted.sent,
            nonce: 'post',
          },
      cutOff: false,
      othersAt: null,
      calls: traffic.until(now, timings.callsMs),
      unclosed: 0,
      said: null,
      nonce: 'look',
    };
    const decision = decide(standing, seen, now, timings);
    standing = decision.state;
    if (decision.transition) transitions.push({ ...decision.transition, at: now });
    if (decision.transition?.to === 'ok') untold.readUntil(now);
    if (decision.canary) ({ heardAt, sent } = lookAt(random, weather, now));
    if (decision.post) posted = lookAt(random, weather, now);
    const due = dueOf(standing.look, { heardAt, sent }, standing.nextAt, now, timings);
    const second = standing.second?.look ? dueOf(standing.second.look, posted, now, now, timings) : (standing.second?.nextAt ?? Infinity);
    const wait = Math.min(due - now, second > now ? second - now : Infinity, traffic.nextBad(now) - now, AT_LEAST_MS[standing.state]);
    now += Math.max(1, Math.ceil(wait / tickMs)) * tickMs;
  }
  return transitions;
}

/** What becomes of a look that is sent now. */
function lookAt(random: () => number, weather: Weather, now: number): Looked {
  const kind = faultAt(weather, now)?.kind;
  const arrives = now + 50 + random() * 1_500;
  const isLost = (kind === 'silent' && !weather.readBack) || fails(random, weather, now) || isCutOff(weather, arrives);
  if (kind === 'limited') return { heardAt: null, sent: { t: 'limited', retryAfterMs: 30_000 } };
  return { heardAt: isLost ? null : arrives, sent: null };
}

function dueOf(look: Look | null, { heardAt, sent }: Looked, otherwise: number, now: number, { echoMs }: Timings): number {
  if (!look) return otherwise;
  return sent ? now : (heardAt ?? look.sentAt + echoMs + 1);
}

/** So many that do not count any more are taken away at once: one by one costs more than all else here. */
const MANY = 200;

/** Real calls, drawn a little ahead, so that the good ones need no step of their own. */
class Traffic {
  private readonly past: Call[] = [];
  private readonly coming: Call[] = [];
  /** How many of the past do not count any more. */
  private old = 0;
  private drawnUntil: number;

  constructor(
    private readonly random: () => number,
    private readonly weather: Weather,
  ) {
    this.drawnUntil = waitForCall(random, weather);
  }

  /** Those of the last while at least, oldest first: how far back they count the detector knows. */
  until(now: number, lastMs: number): readonly Call[] {
    this.draw(now);
    let come = 0;
    while ((this.coming[come]?.at ?? Infinity) <= now) come++;
    if (come > 0) this.past.push(...this.coming.splice(0, come));
    while ((this.past[this.old]?.at ?? Infinity) < now - lastMs) this.old++;
    if (this.old > MANY) {
      this.past.splice(0, this.old);
      this.old = 0;
    }
    return this.past;
  }

  nextBad(now: number): number {
    this.draw(now);
    return this.coming.find(({ good }) => !good)?.at ?? Infinity;
  }

  private draw(now: number): void {
    for (; this.drawnUntil <= now + AT_LEAST_MS.ok; this.drawnUntil += waitForCall(this.random, this.weather)) {
      const at = this.drawnUntil;
      // A refusal for too many calls is an answer, too.
      this.coming.push({ at, good: !fails(this.random, this.weather, at) });
    }
  }
}

const faultAt = ({ faults }: Weather, at: number): Fault | undefined => faults.find(({ from, to }) => from <= at && at < to);

const isCutOff = (weather: Weather, at: number): boolean => {
  const kind = faultAt(weather, at)?.kind;
  return kind === 'total' || (kind === 'silent' && !weather.readBack);
};

/** What the history shows for so long and no event brought, is missed. */
const UNHEARD_MS = 30_000;

/** What people said while a chat told us nothing, drawn beforehand. */
class Untold {
  private readonly said: readonly number[];
  private read = 0;

  constructor({ seed, faults, readBack }: Weather) {
    const random = randomFrom(seed ^ 0x7a1c);
    const silences = readBack ? faults.filter(({ kind }) => kind === 'silent') : [];
    this.said = silences.flatMap(({ from, to }) => {
      const said: number[] = [];
      for (let at = from; ;) {
        at += (-Math.log(1 - random()) * 60_000) / (readBack?.saidPerMinute ?? 0);
        if (!(at < to)) return said;
        said.push(at);
      }
    });
  }

  /** Null where everything that was said by then was read. */
  by(at: number): Overheard | null {
    const missing = this.said.filter((said) => said > this.read && said <= at);
    return missing.length === 0 ? null : { count: missing.length, from: missing[0] ?? at };
  }

  readUntil(at: number): void {
    this.read = at;
  }
}

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
