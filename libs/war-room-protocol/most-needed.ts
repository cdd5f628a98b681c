import { type CategoryName, openStatuses, type SeverityName } from './vocabulary.ts';

/** What a room is like at a moment, as far as it says what is needed next. */
export interface RoomNow {
  readonly category: CategoryName;
  readonly severity: SeverityName;
  readonly status: string;
  readonly isLed: boolean;
  /** Null when no update is waited for. */
  readonly updateDue: string | null;
}

export interface Needed {
  /** As they are written: "lead me". */
  readonly words: string;
  /** On a button. */
  readonly label: string;
  /** The end of a sentence. */
  readonly does: string;
  /** It asks for the rest by a form where there are forms. */
  readonly asks?: boolean;
}

const SHOWN = 3;
/** An update that is due so soon is written now. */
const SOON_MS = 5 * 60_000;

const LEAD: Needed = { words: 'lead me', label: 'Take the lead', does: 'takes the lead' };
const UPDATE: Needed = { words: 'update', label: 'Share an update', does: 'tells everybody where it stands', asks: true };
const RESOLVE: Needed = { words: 'resolve', label: 'Resolve', does: 'ends it', asks: true };
const ADD: Needed = { words: 'add', label: 'Let somebody in', does: 'lets somebody in', asks: true };
const ACCEPT: Needed = { words: 'accept', label: 'Accept', does: 'takes it out of triage' };
const REOPEN: Needed = { words: 'reopen', label: 'Reopen', does: 'goes on with what was thought to be over' };

const WORSE: Partial<Record<SeverityName, SeverityName>> = { SEV3: 'SEV2', SEV2: 'SEV1' };

/** The three things most likely needed now, the first one first; fewer where little is left to do. Pure. */
export function mostNeeded({ category, severity, status, isLed, updateDue }: RoomNow, now: number): readonly Needed[] {
  const lead = isLed ? [] : [LEAD];
  if (category === 'triage') return [ACCEPT, ...lead, ADD];
  if (category !== 'active') return category === 'paused' ? [UPDATE, RESOLVE, ADD] : [REOPEN];
  const isDue = updateDue !== null && Date.parse(updateDue) - SOON_MS <= now;
  const isNearlyOver = status === openStatuses.at(-1);
  const rest = isNearlyOver ? [RESOLVE, UPDATE, ADD] : [...raised(severity), UPDATE, RESOLVE, ADD];
  return [...new Set([...lead, ...(isDue ? [UPDATE] : []), ...rest])].slice(0, SHOWN);
}

function raised(severity: SeverityName): Needed[] {
  const to = WORSE[severity];
  return to === undefined ? [] : [{ words: `severity ${to.toLowerCase()}`, label: `Raise to ${to}`, does: 'says that it is worse' }];
}
