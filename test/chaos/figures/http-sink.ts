import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request that was taken, with when it came. */
export interface Taken {
  readonly at: number;
  readonly text: string;
  readonly type: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** Another company's system that takes everything it is told, and thinks about it for a while. */
export class HttpSink {
  readonly taken: Taken[] = [];
  private readonly server: Server;

  constructor(thinksMs: number) {
    this.server = createServer((request, response) => {
      const at = Date.now();
      let text = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      request.on('end', () => {
        const { type } = JSON.parse(text) as { type?: string };
        this.taken.push({ at, text, type, headers: request.headers as Record<string, string> });
        setTimeout(() => response.writeHead(202).end('{}'), thinksMs);
      });
    });
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
