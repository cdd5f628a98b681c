interface Out {
  write(line: string): void;
}

const KEPT = 50;

/** The last lines of the log, kept in mind as they pass, for the case that they were the last. */
export class RecentLines implements Out {
  private readonly lines: string[] = [];

  constructor(private readonly out: Out) {}

  write(line: string): void {
    this.lines.push(line);
    if (this.lines.length > KEPT) this.lines.shift();
    this.out.write(line);
  }

  all(): readonly string[] {
    return this.lines;
  }
}
