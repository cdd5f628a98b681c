import { randomFrom } from '#src/outage/simulated-chat';

const SECOND = 1_000;

/** How one call to the chat goes wrong; the numbers are the fault menu's, in this folder's README. */
export type CallFault =
  | 'F1 5xx, not applied'
  | 'F2 5xx, applied'
  | 'F3 silence, not applied'
  | 'F3 silence, applied'
  | 'F4 silence, applied after we gave up'
  | 'F4 silence, applied long after'
  | 'F5 never sent'
  | 'F5 reset, applied'
  | 'F6 429'
  | 'F6 429 with a wait'
  | 'F7 nonsense, not applied'
  | 'F7 nonsense, applied'
  | 'F8 done, and nowhere'
  | 'F14 token revoked'
  | 'slow'
  | 'adapter throws, not applied'
  | 'adapter throws, applied';

const CALL_FAULTS: readonly CallFault[] = [
  'F1 5xx, not applied',
  'F2 5xx, applied',
  'F3 silence, not applied',
  'F3 silence, applied',
  'F4 silence, applied after we gave up',
  'F4 silence, applied long after',
  'F5 never sent',
  'F5 reset, applied',
  'F6 429',
  'F6 429 with a wait',
  'F7 nonsense, not applied',
  'F7 nonsense, applied',
  'F8 done, and nowhere',
  'F14 token revoked',
  'slow',
  'adapter throws, not applied',
  'adapter throws, applied',
];

/** Only who looks afterwards can put these right. */
const FOR_THE_SWEEPER: readonly CallFault[] = ['F4 silence, applied long after', 'F8 done, and nowhere'];

export type Poison = 'handler throws' | 'handler kills' | 'rendering throws' | 'sending kills' | 'sending throws';
const POISONS: readonly Poison[] = ['handler throws', 'handler kills', 'rendering throws', 'sending kills', 'sending throws'];

/** In milliseconds of the night; what the detector says of it comes after so long. */
export interface Outage {
  readonly from: number;
  readonly to: number;
  readonly suspectAt: number;
  readonly parkAt: number;
  readonly backAt: number;
}

/**
 * What a chat lets us know of what we said in it. `echo`: it tells us, as Slack does. `read back`: it tells us nothing of it and shows it in
 * its past, as Teams does with Graph. `blind`: neither, as Teams does without. The last two do not say whether they made a room.
 */
export type Shape = 'echo' | 'read back' | 'blind';

/** How bad a night is for one chat. */
export interface ChatNight {
  readonly shape: Shape;
  /** When the last fault has healed. */
  readonly healsAt: number;
  readonly callFaults: readonly CallFault[];
  /** Of a hundred calls that say something, looks and pages: so many go wrong. */
  readonly badWrites: number;
  readonly badReads: number;
  /** F11: of a hundred events, so many come late, out of order or again. */
  readonly badEvents: number;
  /** The chat is away altogether (F9, F10): nothing answers, and events are lost. */
  readonly outage: Outage | null;
  /** The platform allows one message a second in a room. */
  readonly isSlow: boolean;
}

/** One bad night, all of it drawn from its seed. */
export interface Schedule extends ChatNight {
  readonly seed: number;
  /** Another chat, in which each room has a second mirror, with troubles of its own. */
  readonly beside: ChatNight | null;
  readonly rooms: number;
  /** Rooms that are yet to be made in the chat. */
  readonly unopened: number;
  readonly processes: number;
  readonly posts: number;
  readonly says: number;
  /** Of a thousand statements: so many fail, before or after they were done. */
  readonly badStatements: number;
  /** Of a thousand statements: so many are answered to a process that was stopped meanwhile, for up to a minute. */
  readonly stalls: number;
  /** Of a thousand statements: so many are the last of their process. */
  readonly kills: number;
  /** So many stalls and deaths at most: what three processes in a row end at is poisonous, as far as anybody can tell. */
  readonly mostDeaths: number;
  readonly poison: Poison | null;
  /** What waited a while is said as one. */
  readonly isGathered: boolean;
  /** It is looked for what the chat says it has. Such a night is minutes longer. */
  readonly isSwept: boolean;
  /** Somebody takes messages of ours away in the chat, where they are heard doing so: so many times. */
  readonly takenAway: number;
}

export function draw(seed: number): { readonly schedule: Schedule; readonly random: () => number } {
  const random = randomFrom(seed);
  const upTo = (most: number): number => Math.floor(random() * (most + 1));
  const sometimes = (chance: number, most: number): number => (random() < chance ? upTo(most) : 0);
  const healsAt = (5 + upTo(random() < 0.5 ? 35 : 85)) * SECOND;
  const outage = random() < 0.3 ? drawOutage(healsAt, upTo) : null;
  const rooms = 1 + upTo(1);
  const mostDeaths = upTo(2);
  const isSwept = random() < 0.2;
  const long = outage && seed % 5 === 0 ? hardlyNoticed(outage, seed % 2 === 0) : null;
  const isPossible = (fault: CallFault): boolean =>
    (mostDeaths === 0 || !fault.startsWith('adapter throws')) && (isSwept || !FOR_THE_SWEEPER.includes(fault));
  const schedule: Schedule = {
    isGathered: seed % 4 === 0,
    isSwept,
    takenAway: isSwept && outage === null && mostDeaths === 0 ? upTo(2) : 0,
    mostDeaths,
    seed,
    rooms,
    unopened: upTo(rooms),
    processes: 1 + upTo(1),
    posts: 1 + upTo(4),
    says: upTo(4),
    healsAt: long ? long.to : healsAt,
    callFaults: CALL_FAULTS.filter((fault) => random() < 0.4 && isPossible(fault)),
    badWrites: sometimes(0.8, 60),
    badReads: sometimes(0.5, 60),
    badEvents: sometimes(0.6, 60),
    outage: long ?? outage,
    badStatements: sometimes(0.3, 50),
    stalls: sometimes(0.2, 10),
    kills: sometimes(0.4, 15),
    poison: random() < 0.25 ? (POISONS[upTo(POISONS.length - 1)] ?? null) : null,
    isSlow: random() < 0.3,
    shape: 'echo',
    beside: null,
  };
  return { schedule: { ...schedule, beside: drawBeside(schedule) }, random };
}

/** Long enough to be doubted; the detector needs up to a minute to be sure. */
function drawOutage(healsAt: number, upTo: (most: number) => number): Outage | null {
  const from = upTo(healsAt / 2);
  const to = Math.max(healsAt - upTo(healsAt / 2), from + 16 * SECOND);
  if (to > healsAt) return null;
  const suspectAt = from + upTo(15) * SECOND;
  return { from, to, suspectAt, parkAt: suspectAt + upTo(45) * SECOND, backAt: to + upTo(20) * SECOND };
}

/** In one night of four: of three, but for those with poison, which is one chat's. Drawn by itself, so that the first chat has the night it would have alone. */
function drawBeside({ seed, healsAt, isSwept, mostDeaths, poison }: Schedule): ChatNight | null {
  const random = randomFrom(seed + 1_000_003);
  const upTo = (most: number): number => Math.floor(random() * (most + 1));
  const sometimes = (chance: number, most: number): number => (random() < chance ? upTo(most) : 0);
  if (seed % 3 !== 0 || poison !== null) return null;
  const shape: Shape = seed % 2 === 0 ? 'read back' : 'blind';
  const isPossible = (fault: CallFault): boolean =>
    (mostDeaths === 0 || !fault.startsWith('adapter throws')) && ((isSwept && shape === 'read back') || !FOR_THE_SWEEPER.includes(fault));
  return {
    shape,
    healsAt,
    callFaults: CALL_FAULTS.filter((fault) => random() < 0.4 && isPossible(fault)),
    badWrites: sometimes(0.8, 60),
    badReads: sometimes(0.5, 60),
    badEvents: sometimes(0.6, 60),
    outage: random() < 0.3 ? drawOutage(healsAt, upTo) : null,
    isSlow: random() < 0.3,
  };
}

const LONG_MS = 240 * SECOND;

/** Minutes long, and nobody parks a room for it: it is never more than doubted, or whoever watches is away himself until it is over. */
function hardlyNoticed({ from, suspectAt, to, backAt }: Outage, isDoubted: boolean): Outage {
  const over = from + LONG_MS;
  return { from, to: over, suspectAt: isDoubted ? suspectAt : over + SECOND, parkAt: Infinity, backAt: over + SECOND + (backAt - to) };
}
