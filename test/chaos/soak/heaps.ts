import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { exists } from '#src/platform/database/embedded/liveness';
import { until } from '#test/support/until';
import type { Point } from './trend.ts';

const MIB = 1_048_576;
const HOUR_MS = 3_600_000;

/** What is left of the heap of each process after everything was collected that can be, from the beginning on. `tell-heap.mjs` tells it. */
export class Heaps {
  /** By what each process calls itself: hours since the beginning, and MiB. */
  readonly of = new Map<string, Point[]>();
  private readonly began = Date.now();

  constructor(private readonly folder: string) {}

  /** One more point for each that lives. */
  async take(): Promise<void> {
    for (const pid of this.pids()) {
      const before = this.lines(pid).length;
      process.kill(pid, 'SIGUSR2');
      await until(`process ${pid} tells its heap`, () => this.lines(pid).length > before || !exists(pid));
      const last = this.lines(pid).at(-1);
      if (last) this.keep(last);
    }
  }

  private keep(line: string): void {
    const { who, heap } = JSON.parse(line) as { who: string; heap: number };
    const name = who.startsWith('muster ') ? who : 'supervisor';
    this.of.set(name, [...(this.of.get(name) ?? []), { x: (Date.now() - this.began) / HOUR_MS, y: heap / MIB }]);
  }

  private pids(): number[] {
    return readdirSync(this.folder).map(Number).filter(exists);
  }

  private lines(pid: number): string[] {
    return readFileSync(join(this.folder, String(pid)), 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  }
}
