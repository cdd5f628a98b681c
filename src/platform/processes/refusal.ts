/** Muster cannot start, for a reason a person can put right. Its message is the one line they see. */
export class Refusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Refusal';
  }
}
