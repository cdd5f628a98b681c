export class PracticeNotFound extends Error {
  constructor() {
    super('There is no such practice, or it is not yours. Start a new one at /practice.');
    this.name = 'PracticeNotFound';
  }
}

/** What was played is gone with the process that played it. */
export class PracticeOver extends Error {
  constructor() {
    super('This practice is over, and its pretend chat with it. Practise again: /practice starts a new one.');
    this.name = 'PracticeOver';
  }
}

export class StepOutOfOrder extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'StepOutOfOrder';
  }
}
