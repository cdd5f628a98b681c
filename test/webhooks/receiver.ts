import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { freePort } from '#test/support/free-port';

/** One request that arrived, whatever became of it. */
export interface Got {
  readonly headers: Readonly<Record<string, string>>;
  /** As it came: the signature is over these bytes. */
  readonly text: string;
  readonly type: string;
  readonly data: {
    readonly incident: { readonly id: string; readonly number: string };
    readonly seq: number;
    readonly event: Record<string, unknown>;
  };
}

type Behaviour = (got: Got, request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

const well: Behaviour = (_got, _request, response) => void response.writeHead(204).end();

/** Ways to fail, as receivers do. */
export const FAILURES: Readonly<Record<string, Behaviour>> = {
  'answers 500': (_got, _request, response) => void response.writeHead(500).end('no'),
  'answers 404': (_got, _request, response) => void response.writeHead(404).end(),
  'sends it elsewhere': (_got, request, response) =>
    void response.writeHead(307, { location: `http://${request.headers.host ?? ''}/elsewhere` }).end(),
  'hangs up before it answers': (_got, request) => void request.socket.destroy(),
  'hangs up in the middle of its headers': (_got, request) => void request.socket.end('HTTP/1.1 200 OK\r\nContent-Le'),
  'answers what is no HTTP': (_got, request) => void request.socket.end('hello\r\n\r\n'),
  'never answers': () => undefined,
};

/** Another system, as it is out there: a server of its own that keeps what it got. */
export class Receiver {
  readonly got: Got[] = [];
  /** What it does with what comes next. */
  behaves: Behaviour = well;
  private readonly server: Server;
  private port = 0;

  constructor() {
    this.server = createServer((request, response) => void this.receive(request, response));
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hook`;
  }

  async open(port?: number): Promise<void> {
    this.port = port ?? (await freePort());
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
  }

  /** Nothing listens there any more. */
  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  well(): void {
    this.behaves = well;
  }

  /** What it got of one incident, in the order in which it came. */
  of(incident: string): Got[] {
    return this.got.filter(({ data }) => data.incident?.number === incident);
  }

  seqs(incident: string): number[] {
    return this.of(incident).map(({ data }) => data.seq);
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const got = { headers: request.headers as Record<string, string>, text, ...(JSON.parse(text) as Pick<Got, 'type' | 'data'>) };
    this.got.push(got);
    await this.behaves(got, request, response);
  }
}
