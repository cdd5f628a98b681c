import type { ActorFact, SurfaceFact } from '#src/platform/log/event.types';

export type PersonId = string;
export type Role = 'admin' | 'responder' | 'guest';

/** Who does something, and from where: every command takes one, every event records it. */
export interface Actor {
  readonly person: ActorFact;
  readonly via: SurfaceFact;
}

export const WEB: SurfaceFact = { id: 'web', name: 'web' };
export const API: SurfaceFact = { id: 'api', name: 'API' };
