export class EntryNotUsable extends Error {
  constructor(readonly limit: number) {
    super(`Say what happened in 1 to ${limit} characters. For something longer, write a message and pin it.`);
    this.name = 'EntryNotUsable';
  }
}

export class NotYetHappened extends Error {
  constructor() {
    super('The timeline says what has happened, and this time is still to come. Give a time in the past.');
    this.name = 'NotYetHappened';
  }
}

export class NotOnTheTimeline extends Error {
  constructor(readonly itemId: string) {
    super('There is no such item in this room. Reload the timeline and look for it there.');
    this.name = 'NotOnTheTimeline';
  }
}

export class TimeNotUnderstood extends Error {
  constructor() {
    super('Say when and what: timeline 14:05 The deploy went out. Times are UTC; another day is written before: 2026-11-21 14:05.');
    this.name = 'TimeNotUnderstood';
  }
}
