// Loaded before a process of Muster, by tests only: its clock is CLOCK_OFF_MS wrong. Timers run as they do.
const off = Number(process.env.CLOCK_OFF_MS);
const Right = globalThis.Date;

globalThis.Date = class Date extends Right {
  constructor(...given) {
    super(...(given.length === 0 ? [Right.now() + off] : given));
  }

  static now() {
    return Right.now() + off;
  }
};
