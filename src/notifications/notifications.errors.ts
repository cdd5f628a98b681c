export class WayNotFound extends Error {
  constructor() {
    super('There is no way of telling people of this id. GET /api/v1/notices/ways lists those there are.');
    this.name = 'WayNotFound';
  }
}

export class TooManyWays extends Error {
  constructor(readonly most: number) {
    super(`There are ${most} ways already, and no more can be. Remove one that nobody needs.`);
    this.name = 'TooManyWays';
  }
}

/** It would be sent to somebody else than whom it was given for. */
export class SecretNeeded extends Error {
  constructor() {
    super('Give the password or key again as well: with another address it would be sent to another machine.');
    this.name = 'SecretNeeded';
  }
}

export class NoMailWay extends Error {
  constructor() {
    super('No code can be sent: there is no mail server yet, or it is off. Ask an admin to set one up under Settings, Notices.');
    this.name = 'NoMailWay';
  }
}

export class CodeNotSent extends Error {
  constructor(why: string) {
    super(`The code could not be sent. ${why}`);
    this.name = 'CodeNotSent';
  }
}

export class CodeJustSent extends Error {
  constructor() {
    super('A code was sent a moment ago. Look whether it has arrived, also among what was taken for spam, and ask again in a minute.');
    this.name = 'CodeJustSent';
  }
}

export class CodeNotUsable extends Error {
  constructor() {
    super('This is not the code that was sent, or it is older than half an hour, or it was tried too often. Ask for another one.');
    this.name = 'CodeNotUsable';
  }
}
