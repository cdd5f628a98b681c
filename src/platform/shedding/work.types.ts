import type { ActorFact, SurfaceFact } from '#src/platform/log/event.types';

/**
 * Every class of work that can be given up, in the order in which it is: the first goes first and comes back last. The
 * room itself (declaring, reading, writing) is not in the table, because it is never given up.
 */
export const WORK = [
  { class: 'practice', name: 'Practice', off: 'No practice can be begun.' },
  { class: 'search', name: 'Search', off: 'Nothing can be searched. Lists of incidents and their rooms can be read.' },
  { class: 'canaries', name: 'Looks at chats', off: 'Chats are judged by our own calls alone, so an outage is noticed later.' },
  { class: 'profiles', name: 'Names from chats', off: 'Newcomers from chats are called by their id until it is on again.' },
  { class: 'cards', name: 'Cards in chats', off: 'The cards of incidents in chats are not brought up to date.' },
  { class: 'webhooks', name: 'Webhooks', off: 'Nothing is sent to webhooks. It waits, in order, and goes out when they are on again.' },
  { class: 'nudges', name: 'Nudges', off: 'Nobody is asked for updates or for a lead. Updates can be shared all the same.' },
  { class: 'mirrors', name: 'Words to chats', off: 'What is written here waits, in order, and goes to the chats when it is on again.' },
  { class: 'inbox', name: 'Words from chats', off: 'What is said in chats is kept, and comes in order when it is on again.' },
  { class: 'streams', name: 'Live pages', off: 'Pages that are opened now do not move by themselves. Load them again to see what is new.' },
] as const;

export type WorkClass = (typeof WORK)[number]['class'];
export const WORK_CLASSES: readonly WorkClass[] = WORK.map((work) => work.class);

/** Somebody's word about one class. */
export interface Switch {
  readonly off: boolean;
  readonly why: string;
  readonly by: ActorFact | null;
  readonly via: SurfaceFact;
  readonly since: string;
  /** From then on it does not count any more. */
  readonly until: string | null;
}

/** A class as this process sees it. */
export interface WorkState {
  readonly class: WorkClass;
  readonly name: string;
  readonly on: boolean;
  /** What being off means for people. */
  readonly means: string;
  /** Who decided: the file wins over people, people over load. */
  readonly decidedBy: 'nobody' | 'file' | 'person' | 'load';
  readonly switch: Switch | null;
}

/** Asked before each piece of work that can be given up. */
export interface Work {
  isOn(work: WorkClass): boolean;
  /** @throws WorkIsOff */
  check(work: WorkClass): void;
}

export const ALL_ON: Work = { isOn: () => true, check: () => undefined };
