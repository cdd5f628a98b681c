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

/** Logic reads rank, never the name. Higher is worse; the number is never shown. */
export const SEVERITIES = [
  { name: 'SEV1', label: 'Critical', guidance: 'Everything is down', rank: 30, isMajor: true },
  { name: 'SEV2', label: 'Major', guidance: 'A key flow is broken: call in who can help', rank: 20, isMajor: true },
  { name: 'SEV3', label: 'Minor', guidance: 'Everything else', rank: 10, isMajor: false },
] as const;
export type Severity = (typeof SEVERITIES)[number]['name'];

export const isSeverity = (name: string): name is Severity => SEVERITIES.some((severity) => severity.name === name);
