export class PracticeNotFound extends Error {
  constructor() {
    super('There is no such practice, or it is not yours. Start a new one at /practice.');
    this.name = 'PracticeNotFound';
  }
}

export class StepOutOfOrder extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'StepOutOfOrder';
  }
}
