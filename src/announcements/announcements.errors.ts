/** Asked for where it would tell everybody. */
export class PrivateNotAnnounced extends Error {
  constructor() {
    super('This incident is private, and what is private is not announced. Make it public first, if everybody may know of it.');
    this.name = 'PrivateNotAnnounced';
  }
}

/** The rule cannot be as it was given; the message says what to give. */
export class RuleNotUsable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RuleNotUsable';
  }
}

export class ChatNotFound extends Error {
  constructor() {
    super('There is no such chat in this Muster. /adapters lists those that are connected.');
    this.name = 'ChatNotFound';
  }
}
