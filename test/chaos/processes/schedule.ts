import { seeded } from '#test/processes/kill/random';
import type { LineFault } from './fault-proxy.ts';

/** Which processes there are, and what they are connected by: what trouble may strike. */
export interface Parts {
  readonly processes: readonly string[];
  /** Process and database, Slack and us, people and a web. */
  readonly lines: readonly string[];
  readonly chats: readonly string[];
}

/** Something that goes wrong, `at` so many milliseconds after its schedule began, and is whole again `forMs` later. */
export type Trouble = { readonly at: number; readonly forMs: number } & (
  | { readonly what: 'kill'; readonly whom: string }
  /** SIGSTOP, and SIGCONT when it is over: longer than a lease lasts, now and then. */
  | { readonly what: 'stop'; readonly whom: string }
  | { readonly what: 'kill the database' }
  | { readonly what: 'line'; readonly line: string; readonly how: LineFault | 'cut' | 'half-open' }
  /** Started again by a machine whose clock is wrong; right again in its next life. */
  | { readonly what: 'clock'; readonly whom: string; readonly offMs: number }
  /** Of the calls to a chat so large a share goes wrong, in every way there is. */
  | { readonly what: 'calls'; readonly chat: string; readonly share: number }
  | { readonly what: 'events'; readonly chat: string; readonly how: EventFault }
  | { readonly what: 'chat away'; readonly chat: string; readonly how: 'status' | 'refused' | 'silence' }
  /** Signed or not, it is nothing that anybody could have meant. */
  | { readonly what: 'malformed'; readonly which: number }
);

export type EventFault = 'late' | 'out of order' | 'repeated' | 'twinned' | 'silent';

export interface Schedule {
  readonly seed: number;
  readonly troubles: readonly Trouble[];
}

const HOUR = 3_600_000;
/** How long a schedule's people write; most troubles begin and end in it. */
export const WINDOW_MS = 1_600;
/** From being told nothing to being sure of it takes so long at least, however short the waits. */
const SILENCE_MS = 3_500;
/** To start, and to do something afterwards. */
const A_LIFE_MS = 5_000;
/** A lease ends after five seconds. */
const LEASE_MS = 5_500;

/** Up to four troubles, drawn from the seed. Pure: the same seed, the same schedule. */
export function drawSchedule(seed: number, { processes, lines, chats }: Parts): Schedule {
  const random = seeded(seed);
  const upTo = (most: number): number => Math.floor(random() * (most + 1));
  const oneOf = <T>(some: readonly T[]): T => some[upTo(some.length - 1)] as T;
  const moment = (): { at: number; forMs: number } => ({ at: upTo(WINDOW_MS - 400), forMs: 200 + upTo(1_300) });
  const draws: readonly (() => Trouble)[] = [
    () => ({ what: 'kill', whom: oneOf(processes), ...moment() }),
    () => ({ what: 'stop', whom: oneOf(processes), ...moment(), ...(random() < 0.25 ? { forMs: LEASE_MS + upTo(1_500) } : {}) }),
    () => ({ what: 'kill the database', ...moment(), forMs: upTo(600) }),
    () => ({ what: 'line', line: oneOf(lines), how: oneOf(['slow', 'refused', 'black-hole', 'cut', 'half-open'] as const), ...moment() }),
    () => ({ what: 'line', line: oneOf(lines), how: oneOf(['slow', 'refused', 'black-hole', 'cut', 'half-open'] as const), ...moment() }),
    () => ({ what: 'clock', whom: oneOf(processes), offMs: oneOf([-HOUR, HOUR]), ...moment(), forMs: A_LIFE_MS }),
    () => ({ what: 'calls', chat: oneOf(chats), share: 0.1 + 0.4 * random(), ...moment() }),
    () => ({ what: 'calls', chat: oneOf(chats), share: 0.1 + 0.4 * random(), ...moment() }),
    () => {
      const how = oneOf(['late', 'out of order', 'repeated', 'twinned', 'silent'] as const);
      return { what: 'events', chat: oneOf(chats), how, ...moment(), ...(how === 'silent' ? { forMs: SILENCE_MS } : {}) };
    },
    () => ({
      what: 'chat away',
      chat: oneOf(chats),
      how: oneOf(['status', 'refused', 'silence'] as const),
      ...moment(),
      forMs: SILENCE_MS + upTo(1_000),
    }),
    () => ({ what: 'malformed', which: upTo(1_000), ...moment(), forMs: 0 }),
    () => ({ what: 'malformed', which: upTo(1_000), ...moment(), forMs: 0 }),
  ];
  const troubles = Array.from({ length: 1 + upTo(3) }, () => oneOf(draws)());
  return { seed, troubles: troubles.sort((a, b) => a.at - b.at) };
}

/** One line, for whoever reads what went wrong. */
export function tell({ seed, troubles }: Schedule): string {
  const each = troubles.map(({ at, forMs, what, ...rest }) => `${at}–${at + forMs} ms ${what} ${Object.values(rest).join(' ')}`.trim());
  return `seed ${seed}: ${each.join(', ')}`;
}
