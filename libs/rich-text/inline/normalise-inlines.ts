import type { Inline } from '@musterhq/chat-port';
import type { Names } from '../names.ts';
import { fromRuns } from './from-runs.ts';
import { normaliseRuns } from './normalise-runs.ts';
import { toRuns } from './runs.ts';

/** The one way to write these inlines; 'one' line for headings and cells, where a line cannot end. */
export function normaliseInlines(inlines: readonly Inline[], lines: 'many' | 'one', names?: Names): Inline[] {
  return fromRuns(normaliseRuns(toRuns(inlines, names), lines));
}
