import { type Projection, TELLS_ONLY } from '#src/platform/log/projection.types';
import type { UpdateEvents } from './updates.events.ts';

/** No tables of their own: what was told last and what is waited for is read from the log each time. */
export const updateProjection: Projection<UpdateEvents> = {
  'update.shared': TELLS_ONLY,
  'nudge.given': TELLS_ONLY,
  'nudge.snoozed': TELLS_ONLY,
  'nudge.skipped': TELLS_ONLY,
};
