/** Given up for now, by somebody or under load. Asking again later is right. */
export class WorkIsOff extends Error {
  readonly retryAfterSeconds = 30;

  constructor(name: string, means: string, why: string) {
    super(`${name} is switched off for now. ${means} Why: ${why.replace(/\.?$/, '.')} The room itself works as always. Try again later.`);
    this.name = 'WorkIsOff';
  }
}
