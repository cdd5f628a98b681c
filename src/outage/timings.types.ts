/** How soon trouble is seen and how sure the detector has to be, as data. Milliseconds, unless it counts things. */
export interface Timings {
  /** From one look to the next. */
  readonly everyMs: number;
  /** From a miss to the next look. */
  readonly againMs: number;
  /** From one second look to the next. */
  readonly postMs: number;
  /** How long the echo of a look may take. */
  readonly echoMs: number;
  /** Misses in a row until the chat is down. */
  readonly strikes: number;
  /** So many misses within `lateMs`, good looks between them or not, are an outage too. */
  readonly misses: number;
  readonly lateMs: number;
  /** How far back calls count. */
  readonly callsMs: number;
  /** So many bad calls in a row are a doubt. */
  readonly badInARow: number;
  /** So many calls, half of them bad, are a doubt. */
  readonly callsEnough: number;
  /** Good looks in a row before the word "ok". */
  readonly goods: number;
  /** Time since the first of them before the word "ok". */
  readonly calmMs: number;
  /** Time since the chat went down before the word "ok", so that nobody reads "down" twice in that time. */
  readonly betweenFallsMs: number;
  /** Nobody watched for so long: what arrived meanwhile may be missing here. */
  readonly awayMs: number;
  /** How long a person's "it is down" stands against good looks. */
  readonly wordMs: number;
}

/**
 * Simulated at a quiet workspace's 5 calls a minute, common circuit breakers never trip or need ten minutes, and none
 * sees silent events. These see a total and a silent outage within a minute (`npm run chaos -- R1`). Three looks that are 16 s apart
 * do not all fall into half a minute: that is what the wait after a miss is for (ADR 0033).
 */
export const REAL_TIMINGS: Timings = {
  everyMs: 15_000,
  againMs: 6_000,
  postMs: 300_000,
  echoMs: 10_000,
  strikes: 3,
  misses: 5,
  lateMs: 150_000,
  callsMs: 60_000,
  badInARow: 3,
  callsEnough: 5,
  goods: 5,
  calmMs: 300_000,
  betweenFallsMs: 600_000,
  awayMs: 30_000,
  wordMs: 300_000,
};

/**
 * The same decisions on shorter waits, for practice and tests. Waits for an answer keep a floor: below it, a busy machine
 * looks like a broken chat. How long Muster itself may be away is not shortened, because that is not the chat's time.
 */
export function paced(timings: Timings, pace: number): Timings {
  const shorter = (ms: number, least: number): number => Math.min(ms, Math.max(Math.round(ms / pace), least));
  return {
    ...timings,
    everyMs: shorter(timings.everyMs, 800),
    againMs: shorter(timings.againMs, 250),
    // A post is seen, for a moment: it stays seldom.
    postMs: shorter(timings.postMs, 60_000),
    echoMs: shorter(timings.echoMs, 1_000),
    lateMs: shorter(timings.lateMs, 6_000),
    callsMs: shorter(timings.callsMs, 3_000),
    calmMs: shorter(timings.calmMs, 1_000),
    betweenFallsMs: shorter(timings.betweenFallsMs, 1_000),
    // People read whose word it is.
    wordMs: shorter(timings.wordMs, 5_000),
  };
}

/** How often the detector looks at what is known, so that rounding costs little of the time it has. */
export function tickOf({ everyMs, againMs, echoMs }: Timings): number {
  return Math.min(250, Math.max(100, Math.min(everyMs, againMs, echoMs) / 4));
}

/** What practice tells people of its shorter timings, beside the real ones. */
export function describeTimings(pace: number, real: Timings = REAL_TIMINGS): { what: string; here: string; real: string }[] {
  const both = (what: string, say: (timings: Timings) => string) => ({ what, here: say(paced(real, pace)), real: say(real) });
  return [
    both('Muster asks the chat for a sign of life every', ({ everyMs }) => inWords(everyMs)),
    both('No sign counts as a miss after', ({ echoMs }) => inWords(echoMs)),
    both('After a miss it asks again in', ({ againMs }) => inWords(againMs)),
    both('The chat is doubted after at most', (timings) => inWords(timings.everyMs + timings.echoMs)),
    both('The chat is called down after', (timings) => `${timings.strikes} misses in a row, at most ${inWords(untilDown(timings))}`),
    both('The chat is called well again after', ({ goods, calmMs }) => `${goods} signs in a row and ${inWords(calmMs)}`),
  ];
}

const untilDown = ({ everyMs, echoMs, againMs, strikes }: Timings): number => everyMs + strikes * echoMs + (strikes - 1) * againMs;

export function inWords(ms: number): string {
  if (ms >= 60_000 && ms % 60_000 === 0) return ms === 60_000 ? '1 minute' : `${ms / 60_000} minutes`;
  const seconds = Math.round(ms / 100) / 10;
  return seconds === 1 ? '1 second' : `${seconds} seconds`;
}
