import type { Cut, Phase } from './drills.types.ts';

/** What is known of a drill at a moment. Milliseconds of the database's clock. */
export interface Standing {
  readonly phase: Phase;
  readonly minutes: number;
  readonly begunAt: number;
  readonly brokenAt: number | null;
  readonly healedAt: number | null;
  /** When it began to say its last words. */
  readonly closingAt: number | null;
  readonly isStopped: boolean;
  /** Its room is open, and Muster saw a sign of life come back from its chat. */
  readonly isProven: boolean;
  readonly isOpen: boolean;
  /** The chat itself, beside the drill. */
  readonly chatFell: boolean;
  /** No gap is open, and nothing waits. */
  readonly isMerged: boolean;
  readonly isSaid: boolean;
}

export interface Next {
  readonly to: Phase;
  readonly cut?: Cut;
}

const MINUTE = 60_000;
/** A chat that shows no sign of life of ours is rehearsed with all the same. */
const UNPROVEN_MS = MINUTE;
const OPENING_MS = 3 * MINUTE;
const RETURNING_MS = 10 * MINUTE;
const CLOSING_MS = MINUTE;
/** What was sent while it was still broken may be on its way yet. */
const SETTLED_MS = 5_000;

/** What comes next, if it is time; null when it goes on. Everything ends by itself. `pace`: waits are divided by it. */
export function nextOf(drill: Standing, now: number, pace: number): Next | null {
  const since = (at: number | null): number => (now - (at ?? now)) * pace;
  const cut: { cut?: Cut } = drill.chatFell ? { cut: 'real-trouble' } : drill.isStopped ? { cut: 'stopped' } : {};
  switch (drill.phase) {
    case 'opening':
      if (cut.cut) return { to: 'closing', ...cut };
      if (drill.isOpen && (drill.isProven || since(drill.begunAt) >= UNPROVEN_MS)) return { to: 'broken' };
      return since(drill.begunAt) >= OPENING_MS ? { to: 'closing', cut: 'not-opened' } : null;
    case 'broken':
      return cut.cut || since(drill.brokenAt) >= drill.minutes * MINUTE ? { to: 'returning', ...cut } : null;
    case 'returning':
      return (drill.isMerged && since(drill.healedAt) >= SETTLED_MS) || since(drill.healedAt) >= RETURNING_MS ? { to: 'closing' } : null;
    case 'closing':
      return drill.isSaid || since(drill.closingAt) >= CLOSING_MS ? { to: 'over' } : null;
    case 'over':
      return null;
  }
}
