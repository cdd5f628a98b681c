import { type CategoryName, type KindName, kinds, severities, type SeverityName } from '#libs/war-room-protocol/vocabulary';

export type IncidentId = string;
export type Kind = KindName;
export type Category = CategoryName;

/** Into these an incident comes by accepting, declining and merging, each with one status of its own. */
export const FIXED_CATEGORIES: readonly Category[] = ['triage', 'declined', 'merged'];

export interface StatusRow {
  readonly name: string;
  readonly category: Category;
  /** Within its category; an incident enters at the lowest. */
  readonly rank: number;
  readonly shipped: boolean;
  /** Nothing is moved there any more. */
  readonly archived: boolean;
}

export interface Move {
  readonly from: Category;
  readonly to: Category;
}

export type Severity = SeverityName;

export const isSeverity = (name: string): name is Severity => severities.some((severity) => severity.name === name);

const written = (words: string): string =>
  words
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ');

/** The kind that somebody writes as "near miss", "near-miss" or "planned work"; null when it is none. */
export const kindCalled = (words: string): Kind | null =>
  kinds.find(({ name, label }) => written(name) === written(words) || written(label) === written(words))?.name ?? null;
