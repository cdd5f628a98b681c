/** What somebody wrote in a chat. */
export interface SaidThere {
  readonly text: string;
  readonly author: string;
  /** By which the chat knows whether it told us. */
  readonly key: string;
  readonly at: number;
}

/** A room that a chat has for an incident, and what stands in it from us. */
export interface ShownThere {
  readonly rooms: readonly string[];
  readonly texts: readonly string[];
}

/** A pretend chat of a fleet, as those meet it who speak there, and who judge what came of it. */
export interface ChaosChat {
  /** What Muster calls it. */
  readonly id: string;
  /** Whether it has rooms that not everybody reads. */
  readonly hasPrivateRooms: boolean;
  /** Those who speak here join it. */
  enter(room: string): Promise<void>;
  /** One of two people writes in a room. */
  say(person: 0 | 1, room: string, text: string): Promise<Omit<SaidThere, 'author'>>;
  /** What we told it in rooms of this incident, by these words, in its order. */
  shown(reference: string, words: RegExp): ShownThere;
  /** What it tried to tell in vain until it gave up: it alone has that. */
  unheard(): ReadonlySet<string>;
  /** Texts that anybody may read there in which this stands, by where. */
  placesOf(text: string): readonly string[];
  /** Nothing is on its way from it any more. */
  idle(): Promise<void>;
}

/** Words of ours that people read in a message. One message may hold many: what had to wait is told as one. */
export const wordsIn = (text: string, words: RegExp): string[] => [...text.matchAll(words)].map(([one]) => one);
