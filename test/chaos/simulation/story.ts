import type { Log } from '#src/platform/logging/logging';

/** What happened in a night, for whoever has to understand it: in order, with the names of things instead of their ids. */
export class Story {
  private readonly told: (() => string)[] = [];
  private readonly names = new Map<string, string>();

  /** `isKept`: of thousands of good nights, nobody reads what was told. */
  constructor(
    private readonly now: () => number,
    private readonly isKept: boolean,
  ) {}

  name(id: string, name: string): void {
    this.names.set(id, name);
  }

  tell(who: string, what: () => string): void {
    if (!this.isKept) return;
    const at = (this.now() / 1_000).toFixed(1).padStart(6);
    const said = what();
    this.told.push(() => `${at} s  ${who.padEnd(10)}  ${this.inWords(said)}`);
  }

  /** What the workers write into the log of their process. */
  logOf(who: string): Log {
    const line = (facts: object, message: string): void => this.tell(who, () => `${message}: ${inOneLine(facts)}`);
    const nothing = (): void => undefined;
    return this.isKept
      ? { debug: line, info: line, warn: line, error: line }
      : { debug: nothing, info: nothing, warn: nothing, error: nothing };
  }

  lines(): string[] {
    return this.told.map((line) => line());
  }

  inWords(text: string): string {
    return text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => this.names.get(id) ?? id);
  }
}

const inOneLine = (facts: object): string =>
  Object.entries(facts)
    .filter(([name]) => name !== 'instance')
    .map(([name, value]) => `${name} ${value instanceof Error ? value.message : String(value)}`)
    .join(', ');
