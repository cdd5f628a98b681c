/** The server understood and said no. The message says why and what to do next. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, why: string) {
    super(why);
    this.status = status;
  }
}

/** Nobody answered, or nobody who could help: asking again may work. */
export class Unreachable extends Error {}
