/**
 * How the chat of a drill fails. `silent`: it takes everything and tells nothing of what is said there. `writes`: it takes nothing, and
 * tells. `everything`: neither, and its past cannot be read. `flood`: silent, and afterwards all of it comes at once, late, in disorder
 * and several times over.
 */
export const DRILL_FAULTS = ['silent', 'writes', 'everything', 'flood'] as const;
export type DrillFault = (typeof DRILL_FAULTS)[number];

/** What the row of a drill's chat has for settings. Null: all is well. */
export interface DrillSettings {
  readonly tenant: string;
  readonly fault: DrillFault | null;
}

export interface DrillChat {
  readonly id: string;
  readonly settings: DrillSettings;
}

export const tellsNothing = (fault: DrillFault | null): boolean => fault !== null && fault !== 'writes';
export const takesNothing = (fault: DrillFault | null): boolean => fault === 'writes' || fault === 'everything';
export const showsNothing = (fault: DrillFault | null): boolean => fault === 'everything';
