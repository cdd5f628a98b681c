export class MessageNotUsable extends Error {
  constructor(readonly limit: number) {
    super(`Write 1 to ${limit} characters. For something longer, send several messages or a link.`);
    this.name = 'MessageNotUsable';
  }
}

/** The same id came with another text: one of the two would be lost. */
export class MessageIdReused extends Error {
  constructor() {
    super('This message id was used for another message. Send the message again with a new id.');
    this.name = 'MessageIdReused';
  }
}

export class MessageNotFound extends Error {
  constructor(readonly messageId: string) {
    super('There is no such message in this room. Reload the room and look for it there.');
    this.name = 'MessageNotFound';
  }
}

export class OfferNotFound extends Error {
  constructor() {
    super('Nothing that was asked for too late has this id in this room. Reload the room and look for it there.');
    this.name = 'OfferNotFound';
  }
}

/** Somebody else's words stay theirs. */
export class NotYourMessage extends Error {
  constructor() {
    super('Only whoever wrote a message can edit it. Reply to it instead, or ask them.');
    this.name = 'NotYourMessage';
  }
}

export class MessageGone extends Error {
  constructor() {
    super('This message was deleted meanwhile. Send what you want to say as a new message.');
    this.name = 'MessageGone';
  }
}

export class EmojiNotUsable extends Error {
  constructor(readonly given: string) {
    super(`"${given.slice(0, 40)}" is no reaction. Send one emoji, or its short name without spaces, for example "eyes".`);
    this.name = 'EmojiNotUsable';
  }
}
