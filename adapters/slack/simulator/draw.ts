const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Chance from a seed (mulberry32): the same seed gives the same ids, sockets and faults. Not for secrets. */
export class Draw {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  pick<T>(list: readonly T[]): T | undefined {
    return list[this.below(list.length)];
  }

  /** An id as Slack makes them: a letter or two, then capitals and digits. */
  id(prefix: string, length = 10): string {
    let id = `${prefix}0`;
    while (id.length < prefix.length + length) id += ALPHABET[this.below(ALPHABET.length)];
    return id;
  }

  hex(length: number): string {
    let hex = '';
    while (hex.length < length) hex += this.below(16).toString(16);
    return hex;
  }

  digits(length: number): string {
    let digits = String(1 + this.below(9));
    while (digits.length < length) digits += String(this.below(10));
    return digits;
  }

  uuid(): string {
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-a${this.hex(3)}-${this.hex(12)}`;
  }
}
