import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Read freely by the specs, which say what they expect of it. */
export type Content = Record<string, any>;

export interface Heard {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** The event's envelope, the interaction's payload, or the command's fields. */
  readonly content: Content;
}
export interface Reply {
  readonly status?: number;
  readonly body?: string;
  readonly headers?: Record<string, string>;
  /** Never answers. */
  readonly silent?: boolean;
}

/** An app's HTTP end, that writes down what it hears and answers as told. */
export class ListeningApp {
  readonly heard: Heard[] = [];
  reply: (heard: Heard, nth: number) => Reply = () => ({});
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<ListeningApp> {
    const app: ListeningApp = new ListeningApp(
      createServer((request, response) => {
        let body = '';
        request.setEncoding('utf8').on('data', (piece: string) => (body += piece));
        request.on('end', () => {
          const heard = { headers: request.headers, body, content: read(body) };
          app.heard.push(heard);
          const reply = app.reply(heard, app.heard.length);
          if (!reply.silent) response.writeHead(reply.status ?? 200, reply.headers).end(reply.body ?? '');
        });
      }),
    );
    await new Promise<void>((resolve) => app.#server.listen(0, '127.0.0.1', resolve));
    return app;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/slack/events`;
  }

  events(type: string): Content[] {
    return this.heard.map((h) => h.content['event'] as Content | undefined).flatMap((e) => (e?.['type'] === type ? [e] : []));
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

function read(body: string): Content {
  if (body.startsWith('{')) return JSON.parse(body) as Content;
  const fields = Object.fromEntries(new URLSearchParams(body));
  return (fields['payload'] ? JSON.parse(fields['payload']) : fields) as Content;
}
