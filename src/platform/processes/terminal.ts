/**
 * What a person at the terminal sees of a start: a line a stage with the time it took, then what to do next.
 *
 * `began` is when they pressed Enter, which may be before this process was built.
 */
export class Terminal {
  readonly isInteractive = process.stdout.isTTY === true;
  readonly #began: number;
  #stageBegan = Date.now();

  constructor(began = Date.now()) {
    this.#began = began;
    // Whoever was reading may have closed the pipe. That is no reason for an incident to end.
    process.stdout.on('error', () => undefined);
    process.stderr.on('error', () => undefined);
  }

  stage(name: string, outcome: string): void {
    const took = ((Date.now() - this.#stageBegan) / 1000).toFixed(1);
    this.say(`  ${name.padEnd(10)} ${outcome.padEnd(30)} ${took.padStart(6)} s`);
    this.#stageBegan = Date.now();
  }

  say(line: string): void {
    console.log(line);
  }

  complain(line: string): void {
    console.error(line);
  }

  elapsed(): string {
    return `${((Date.now() - this.#began) / 1000).toFixed(1)} s`;
  }
}
