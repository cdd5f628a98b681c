import type { AdmittedTrouble } from '@musterhq/chat-port';
import type { ActorFact } from '#src/platform/log/event.types';
import type { Surface } from '#src/rooms/gaps/mirror-trouble.service';
import type { Half, SurfaceState } from './outage.types.ts';

/** In the organisation's stream: what became of a chat, and what that was judged by. */
export interface SurfaceChanged extends Surface {
  readonly name: string;
  readonly from: SurfaceState;
  readonly why: string;
  /** Whose word it is, where Muster does not see it itself. */
  readonly saidBy?: ActorFact;
  /** What is in trouble, where the other half is known to work. */
  readonly half?: Half;
  /** Muster reached nothing outside at all. */
  readonly cutOff?: boolean;
  /** What the platform said of itself in public by then: no reason for any of this, but it explains it. */
  readonly admits?: AdmittedTrouble;
  /** Misses in a row. */
  readonly strikes: number;
  /** Up to here everything is known to have arrived. */
  readonly goodAt: string;
  /** When it fell, from then until the word "ok"; null when it has not. Falling again in between is the same fall. */
  readonly fell?: string | null;
  readonly calls: { readonly bad: number; readonly all: number };
}

/** What outage announces, by type. */
export interface OutageEvents {
  'surface.suspect': SurfaceChanged;
  'surface.down': SurfaceChanged;
  'surface.recovering': SurfaceChanged;
  'surface.ok': SurfaceChanged;
}
