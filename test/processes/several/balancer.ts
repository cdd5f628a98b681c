import { type Server, type Socket, connect, createServer } from 'node:net';

/** What stands in front of several web processes: each connection goes to the next that takes it. */
export class Balancer {
  private readonly open = new Set<Socket>();
  private next = 0;

  private constructor(
    private readonly server: Server,
    private readonly ports: readonly number[],
  ) {
    server.on('connection', (socket) => {
      this.keep(socket);
      this.lead(socket, this.ports.length);
    });
  }

  static async before(ports: readonly number[], port: number): Promise<Balancer> {
    const server = createServer({ pauseOnConnect: true });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return new Balancer(server, ports);
  }

  async close(): Promise<void> {
    for (const socket of this.open) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private lead(socket: Socket, tries: number): void {
    if (tries === 0) return void socket.destroy();
    const behind = connect(this.ports[this.next++ % this.ports.length] ?? 0, '127.0.0.1');
    behind.once('error', () => this.lead(socket, tries - 1));
    behind.once('connect', () => {
      behind.removeAllListeners('error');
      this.keep(behind);
      for (const [one, other] of [
        [socket, behind],
        [behind, socket],
      ] as const)
        one.once('close', () => other.destroy());
      socket.pipe(behind).pipe(socket);
    });
  }

  private keep(socket: Socket): void {
    this.open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.open.delete(socket));
  }
}
