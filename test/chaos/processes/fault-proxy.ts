import { once } from 'node:events';
import { type Server, type Socket, connect, createServer } from 'node:net';
import { freePort } from '#test/support/free-port';

/**
 * How a line fails until it is mended. `slow`: everything comes later. `refused`: nobody listens, and who was connected is cut off.
 * `black-hole`: nothing arrives and nobody is told, as where a cable is out; what was under way comes when it is back.
 */
export type LineFault = 'slow' | 'refused' | 'black-hole';

const SLOW_MS = 60;

/** A line through us. `isGone`: its far end went without a word, and the near one may talk on. */
interface Line {
  readonly near: Socket;
  readonly far: Socket;
  isGone: boolean;
}

/** Stands in a line between two processes, and lets it fail as lines do. With several targets each connection goes to the next that takes it. */
export class FaultProxy {
  private readonly lines = new Set<Line>();
  private readonly near = new Set<Socket>();
  private server: Server | null = null;
  private fault: LineFault | null = null;
  private whole: Promise<void> = Promise.resolve();
  private mendIt: () => void = () => undefined;
  private next = 0;

  private constructor(
    readonly port: number,
    private readonly targets: readonly number[],
  ) {}

  static async before(targets: readonly number[]): Promise<FaultProxy> {
    const proxy = new FaultProxy(await freePort(), targets);
    await proxy.listen();
    return proxy;
  }

  async fail(how: LineFault): Promise<void> {
    await this.mend();
    this.fault = how;
    if (how === 'black-hole') this.whole = new Promise((resolve) => (this.mendIt = resolve));
    if (how === 'refused') await this.hangUp();
  }

  /** Once, now: whoever is connected is cut off, both ends are told. */
  cut(): void {
    for (const socket of this.near) socket.resetAndDestroy();
  }

  /** Once, now: of whoever is connected the far ends are told that it is over, and the near ones are not. */
  halfOpen(): void {
    for (const line of this.lines) {
      line.isGone = true;
      line.far.destroy();
    }
  }

  async mend(): Promise<void> {
    this.fault = null;
    this.mendIt();
    this.whole = Promise.resolve();
    if (!this.server) await this.listen();
  }

  async close(): Promise<void> {
    this.mendIt();
    await this.hangUp();
  }

  private async listen(): Promise<void> {
    const server = createServer({ pauseOnConnect: true }, (near) => this.taken(near));
    server.listen(this.port, '127.0.0.1');
    await once(server, 'listening');
    this.server = server;
  }

  private async hangUp(): Promise<void> {
    const { server } = this;
    this.server = null;
    for (const { far } of this.lines) far.destroy();
    this.cut();
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  private taken(near: Socket): void {
    this.near.add(near);
    near.on('error', () => near.destroy()).once('close', () => this.near.delete(near));
    void this.whole.then(() => this.lead(near, this.targets.length));
  }

  private lead(near: Socket, tries: number): void {
    if (tries === 0 || near.destroyed) return void near.destroy();
    const far = connect(this.targets[this.next++ % this.targets.length] ?? 0, '127.0.0.1');
    far.once('error', () => this.lead(near, tries - 1));
    far.once('connect', () => {
      far.removeAllListeners('error').on('error', () => far.destroy());
      this.join({ near, far, isGone: false });
    });
  }

  private join(line: Line): void {
    const { near, far } = line;
    this.lines.add(line);
    void this.carry(line, near, far);
    void this.carry(line, far, near);
    near.once('close', () => void this.whole.then(() => far.destroy()));
    far.once('close', () => {
      this.lines.delete(line);
      if (!line.isGone) void this.whole.then(() => near.destroy());
    });
  }

  private async carry(line: Line, from: Socket, to: Socket): Promise<void> {
    try {
      for await (const chunk of from) {
        await this.whole;
        if (this.fault === 'slow') await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
        if (line.isGone && to === line.far) continue;
        if (!to.write(chunk as Buffer)) await once(to, 'drain');
      }
      await this.whole;
      if (!(line.isGone && to === line.near)) to.end();
    } catch {
      // Either end is gone; its closing is told to the other.
    }
  }
}
