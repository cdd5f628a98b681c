/** Who did it, as it was then: a later change of name does not rewrite history. */
export interface ActorFact {
  readonly id: string;
  readonly name: string;
}

/** Where it was done: a chat's instance, `web`, `api` or `muster`. */
export interface SurfaceFact {
  readonly id: string;
  readonly name: string;
}

/** Where something was done, and how, so that others can do it as well: "/incident severity", "a button". */
export interface ViaFact extends SurfaceFact {
  /** Absent where it goes without saying. Never what a person wrote behind it. */
  readonly how?: string;
}

/**
 * ISO 8601 in UTC, to the microsecond, always as long: sorts as text. A `Date` would lose what keeps apart two messages
 * that were handled in the same millisecond.
 */
export type Moment = string;

/** Something that happened and is to be recorded. `id` is unique in its stream: the same id twice is the same event. */
export interface NewEvent<Type extends string = string, Data extends object = object> {
  readonly id: string;
  readonly type: Type;
  readonly by: ActorFact | null;
  readonly via: ViaFact;
  readonly data: Data;
  /** When it happened, where that is not now. */
  readonly occurredAt?: Date;
  /** Arrived after its time. `displayAt` is then where it belongs among the others. */
  readonly late?: { readonly displayAt: Moment };
}

export interface LoggedEvent<Type extends string = string, Data extends object = object> {
  readonly streamId: string;
  readonly seq: number;
  readonly id: string;
  readonly type: Type;
  readonly version: number;
  readonly at: Date;
  readonly occurredAt: Date | null;
  /** Where it stands among the others as a room shows them; events of one moment stand in the order of their numbers. */
  readonly displayAt: Moment;
  readonly late: boolean;
  readonly by: ActorFact | null;
  readonly via: ViaFact;
  readonly data: Data;
  /** For logs only: the request it came of. Nothing is decided by it. */
  readonly trace: string | null;
}

export const MUSTER: SurfaceFact = { id: 'muster', name: 'Muster' };
