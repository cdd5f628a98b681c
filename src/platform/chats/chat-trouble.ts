/**
 * A chat cannot be made, or ended by itself. The message is ours and may stand anywhere; `detail` is what the adapter says
 * and may quote its settings, so only an admin reads it.
 */
export class ChatTrouble extends Error {
  constructor(
    say: string,
    readonly detail: string | null = null,
  ) {
    super(say);
    this.name = 'ChatTrouble';
  }
}
