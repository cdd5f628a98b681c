export class UpdateEmpty extends Error {
  constructor() {
    super('An update says something: a sentence, a severity, a status, or when the next one comes. Give at least one of them.');
    this.name = 'UpdateEmpty';
  }
}

export class MinutesNotUsable extends Error {
  constructor(given: string, limit: number) {
    super(`"${given.slice(0, 40)}" is no number of minutes. Give a whole one from 1 to ${limit}, for example 30.`);
    this.name = 'MinutesNotUsable';
  }
}
