/** Nothing that can be looked for. */
export class NothingToFind extends Error {
  constructor() {
    super('Say what to look for: a word or more, "words in this order", -not-this, or a number such as INC-12.');
    this.name = 'NothingToFind';
  }
}

/** Longer than anybody means to look for: a log that was pasted, perhaps. */
export class TooMuchToFind extends Error {
  constructor(chars: number, terms: number) {
    super(`Look for less at once: at most ${terms} words, and ${chars} characters. The rarest words find the most.`);
    this.name = 'TooMuchToFind';
  }
}

/** The database was given its time for this and did not come to an end. */
export class SearchTookTooLong extends Error {
  constructor() {
    super('This search took too long. Use rarer words, or more of them.');
    this.name = 'SearchTookTooLong';
  }
}

/** Others are looking, and their turn does not end. Asking again is right. */
export class TooManySearches extends Error {
  readonly retryAfterSeconds = 2;

  constructor() {
    super('Too many people search at this moment, and the room goes first. Search again in a few seconds.');
    this.name = 'TooManySearches';
  }
}

/** A place in the results that we did not give out. */
export class NoSuchPlace extends Error {
  constructor() {
    super('This is no place in the results of this search. Leave out "after", or send the "next" of the page before.');
    this.name = 'NoSuchPlace';
  }
}
