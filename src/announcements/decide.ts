import { isOpenCategory, severities } from '#libs/war-room-protocol/vocabulary';
import type { Category, Kind, Severity } from '#src/incidents/incidents.types';
import type { Rule } from './announcements.types.ts';

/** What a rule goes by. */
export interface Announceable {
  readonly severity: Severity;
  readonly kind: Kind;
  readonly category: Category;
  readonly isPrivate: boolean;
  /** Of a practice or a drill, which never leaves its own chat. */
  readonly isPractice: boolean;
}

/**
 * Whether an incident is announced by itself. What nobody has accepted yet is not, nor what is over. Once announced it is kept up to
 * date whatever becomes of it: who read that it is bad is told when it is not.
 */
export const isAnnounced = (rule: Pick<Rule, 'severity' | 'kinds'>, incident: Announceable): boolean =>
  mayBeAnnounced(incident) &&
  rule.kinds.includes(incident.kind) &&
  isOpenCategory(incident.category) &&
  incident.category !== 'triage' &&
  rankOf(incident.severity) <= rankOf(rule.severity);

/** Whether it is announced when somebody asks for it. */
export const mayBeAnnounced = ({ isPrivate, isPractice }: Announceable): boolean => !isPrivate && !isPractice;

/** The worst first. */
const rankOf = (severity: Severity): number => severities.findIndex(({ name }) => name === severity);
