/** The adapter did not answer as the contract has it: it threw, was too late, is gone, or said something else. */
export class AdapterFailed extends Error {
  /** A chat's platform is told so, and sends again. */
  readonly retryAfterSeconds = 5;

  /** `detail`: what the adapter says, which may quote anything. */
  constructor(
    say: string,
    readonly detail: string | null = null,
  ) {
    super(say);
    this.name = 'AdapterFailed';
  }
}
