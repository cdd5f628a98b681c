/** `names`: of the chats there are. */
export class NoSuchChat extends Error {
  constructor(names: readonly string[]) {
    super(
      names.length === 0
        ? 'No chat is connected here, so none can be down. An admin connects one under Settings, Chats.'
        : `Say which chat you mean: ${names.join(', ')}.`,
    );
    this.name = 'NoSuchChat';
  }
}

export class ChatNotReached extends Error {
  constructor(name: string) {
    super(`Muster has not reached ${name} yet, so nothing waits for it. Look at /adapters for what it needs.`);
    this.name = 'ChatNotReached';
  }
}
