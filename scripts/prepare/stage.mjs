/**
 * One line about one stage of a start: what was done and how long it took. In a terminal the line counts while
 * the work goes on; elsewhere it appears once, when it is over.
 */
export class Stage {
  #name;
  #began = Date.now();
  #timer;

  constructor(name, doing) {
    this.#name = name;
    if (!doing || !process.stdout.isTTY) return;
    this.#show(`${doing} …`);
    this.#timer = setInterval(() => this.#show(`${doing} …`), 100);
  }

  done(outcome) {
    clearInterval(this.#timer);
    if (this.#timer) process.stdout.write('\r\x1b[K');
    process.stdout.write(`${this.#line(outcome)}\n`);
  }

  #show(doing) {
    process.stdout.write(`\r\x1b[K${this.#line(doing)}`);
  }

  #line(text) {
    const seconds = ((Date.now() - this.#began) / 1000).toFixed(1);
    return `  ${this.#name.padEnd(10)} ${text.padEnd(30)} ${seconds.padStart(6)} s`;
  }
}
