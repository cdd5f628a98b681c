/** Nothing that can be looked for. */
export class NothingToFind extends Error {
  constructor() {
    super('Say what to look for: a word or more, "words in this order", -not-this, or a number such as INC-12.');
    this.name = 'NothingToFind';
  }
}

/** A place in the results that we did not give out. */
export class NoSuchPlace extends Error {
  constructor() {
    super('This is no place in the results of this search. Leave out "after", or send the "next" of the page before.');
    this.name = 'NoSuchPlace';
  }
}
