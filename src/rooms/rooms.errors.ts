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
