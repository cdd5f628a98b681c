export class DrillNotFound extends Error {
  constructor() {
    super('There is no such drill. /drill shows those there were.');
    this.name = 'DrillNotFound';
  }
}

/** `number`: of the one that goes on. */
export class DrillGoesOn extends Error {
  constructor(number: string) {
    super(`${number} goes on, and there is one drill at a time. Stop it at /drill, or wait until it is over.`);
    this.name = 'DrillGoesOn';
  }
}

export class NoDrill extends Error {
  constructor() {
    super('No drill goes on, so there is nothing to stop.');
    this.name = 'NoDrill';
  }
}

/** `names`: of the chats there are. */
export class NoChatToDrill extends Error {
  constructor(names: readonly string[]) {
    super(
      names.length === 0
        ? 'No chat is connected here, so there is none whose outage could be rehearsed. Practise with a pretend one at /practice.'
        : `Say which chat the drill is with: ${names.join(', ')}.`,
    );
    this.name = 'NoChatToDrill';
  }
}

export class ChatInTrouble extends Error {
  constructor(name: string) {
    super(`${name} is in trouble itself just now. A drill would hide it: have it when ${name} is well.`);
    this.name = 'ChatInTrouble';
  }
}

export class DrillTeamUnknown extends Error {
  constructor(name: string, known: readonly string[]) {
    super(
      known.length === 0
        ? `There is no team "${name.slice(0, 60)}". Leave it out, and let people in from the room.`
        : `There is no team "${name.slice(0, 60)}". There are: ${known.join(', ')}.`,
    );
    this.name = 'DrillTeamUnknown';
  }
}

/** `given`: what was written behind "drill"; `page`: where one is begun with everything that can be chosen. */
export class FaultUnknown extends Error {
  constructor(given: string, prefix: string, page: string) {
    const what =
      given.trim() === '' ? 'Say how the chat is to break.' : `"${given.trim().slice(0, 40)}" is no way to break a chat in a drill.`;
    super(
      `${what} Write ${prefix}drill and then silent, writes, everything or flood, and behind it, if you like, 2 to 30 minutes. ${page} explains them, calls a team, and shows those that were. If you meant an incident: ${prefix}declare drill ${given.trim().slice(0, 40)}`.trimEnd(),
    );
    this.name = 'FaultUnknown';
  }
}
