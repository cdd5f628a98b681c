import { severities, type SeverityName } from '#libs/war-room-protocol/vocabulary';

export type IncidentId = string;
/** What sort of thing it is. Drills, retrospectives and tests are kept out of the figures. */
export const KINDS = ['standard', 'near_miss', 'planned', 'drill', 'retrospective', 'test'] as const;
export type Kind = (typeof KINDS)[number];

export const CATEGORIES = ['triage', 'active', 'post_incident', 'closed', 'declined', 'merged', 'canceled', 'paused'] as const;
export type Category = (typeof CATEGORIES)[number];

/** Somebody still has to do something now. */
export const isOpen = (category: Category): boolean => ['triage', 'active', 'paused'].includes(category);

export interface StatusRow {
  readonly name: string;
  readonly category: Category;
  /** Within its category; an incident enters at the lowest. */
  readonly rank: number;
  readonly shipped: boolean;
}

export interface Move {
  readonly from: Category;
  readonly to: Category;
}

export type Severity = SeverityName;

export const isSeverity = (name: string): name is Severity => severities.some((severity) => severity.name === name);
