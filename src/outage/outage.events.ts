import type { Surface } from '#src/rooms/gaps/mirror-trouble.service';
import type { SurfaceState } from './outage.types.ts';

/** In the organisation's stream: what became of a chat, and what that was judged by. */
export interface SurfaceChanged extends Surface {
  readonly name: string;
  readonly from: SurfaceState;
  readonly why: string;
  /** Misses in a row. */
  readonly strikes: number;
  /** Up to here everything is known to have arrived. */
  readonly goodAt: string;
  readonly calls: { readonly bad: number; readonly all: number };
}

/** What outage announces, by type. */
export interface OutageEvents {
  'surface.suspect': SurfaceChanged;
  'surface.down': SurfaceChanged;
  'surface.recovering': SurfaceChanged;
  'surface.ok': SurfaceChanged;
}
