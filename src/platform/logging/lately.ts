import { currentTrace } from './trace.ts';

const KEPT = 12;

export interface Done {
  readonly at: string;
  readonly what: string;
  readonly trace: string | null;
}

const last: Done[] = [];

/** What a process did last, by the unvarying messages of its log: for its last words. */
export function remember(what: string): void {
  last.push({ at: new Date().toISOString(), what, trace: currentTrace() });
  if (last.length > KEPT) last.shift();
}

export const lately = (): readonly Done[] => [...last];
