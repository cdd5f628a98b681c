/** No such thing lies aside: it was decided about, or never was. */
export class NothingAside extends Error {
  constructor() {
    super('Nothing lies aside under this id any more. Somebody may have decided about it already: read the list again.');
    this.name = 'NothingAside';
  }
}

export class ReasonMissing extends Error {
  constructor() {
    super('Say why, in 1 to 300 characters: whoever reads this later was not here.');
    this.name = 'ReasonMissing';
  }
}

/** The room is in no class: it cannot be switched off. */
export class NoSuchWork extends Error {
  constructor(given: string, known: readonly string[]) {
    super(
      `There is no class of work "${given.slice(0, 40)}" that can be switched. There are ${known.join(', ')}. The room itself is never switched off.`,
    );
    this.name = 'NoSuchWork';
  }
}

export class WrongMetricsToken extends Error {
  constructor() {
    super('Send `Authorization: Bearer <token>` with the value of MUSTER_METRICS_TOKEN of this Muster.');
    this.name = 'WrongMetricsToken';
  }
}
