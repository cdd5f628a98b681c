import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

const LARGEST_BODY = 2_000_000;

export interface Routes {
  readonly request: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

/** One listener on the loopback, which can be shut (connections are then refused by the machine) and opened again on the same port. */
export class LoopbackServer {
  readonly #routes: Routes;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port: number;
  /** Opening and shutting come one after another, whatever the haste of the caller. */
  #turn: Promise<void> = Promise.resolve();
  #wanted = true;

  constructor(port: number, routes: Routes) {
    this.#port = port;
    this.#routes = routes;
  }

  get port(): number {
    return this.#port;
  }

  start(): Promise<void> {
    return this.#then(() => this.#listen());
  }

  shut(): void {
    if (!this.#wanted) return;
    this.#wanted = false;
    this.#server?.close();
    void this.#then(() => this.#stop());
  }

  reopen(): Promise<void> {
    if (this.#wanted) return this.#turn;
    this.#wanted = true;
    return this.#then(() => this.#listen());
  }

  close(): Promise<void> {
    this.#wanted = false;
    return this.#then(() => this.#stop());
  }

  settled(): Promise<void> {
    return this.#turn;
  }

  #then(run: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(run, run);
    return this.#turn;
  }

  #listen(): Promise<void> {
    if (this.#server) return Promise.resolve();
    const server = createServer((request, response) => void this.#routes.request(request, response).catch(() => response.destroy()));
    server.on('upgrade', (request, socket, head) => this.#routes.upgrade(request, socket, head));
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    this.#server = server;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', () => {
        this.#port = (server.address() as AddressInfo).port;
        resolve();
      });
    });
  }

  #stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => (server ? server.close(() => resolve()) : resolve()));
  }
}

/** The whole body as text. Throws when it is larger than anything Slack takes. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > LARGEST_BODY) throw new Error('The request is larger than Slack takes.');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
