import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FileServer } from './files/file-server.ts';
import type { Faults } from './faults.ts';
import type { Interactions } from './interactions/interactions.ts';
import type { JsonObject } from './objects.ts';
import type { Page } from './page/page.ts';
import { readBody } from './server.ts';
import { SlackError } from './slack-error.ts';
import type { WebApi } from './web-api/web-api.ts';

interface Rooms {
  readonly webApi: WebApi;
  readonly interactions: Interactions;
  readonly faults: Faults;
  readonly page: Page;
  readonly fileServer: FileServer;
}

/** Who gets which request: the Web API, a response_url, or the page. */
export class Front {
  readonly #to: Rooms;

  constructor(to: Rooms) {
    this.#to = to;
  }

  async request(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [, head, ...rest] = url.pathname.split('/');
    if (head === 'api') return this.#api(rest.join('/'), url, request, response);
    if (head === 'upload' || head === 'files-pri') return this.#to.fileServer.serve([head, ...rest], request, response);
    if (head === 'response') return this.#responseUrl(rest[0] ?? '', request, response);
    return this.#to.page.serve(url, request, response);
  }

  async #api(method: string, url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const { authorization, 'content-type': contentType = '' } = request.headers;
    await this.#to.webApi.answer({ method, contentType, authorization, query: url.searchParams, body }, response);
  }

  async #responseUrl(id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    try {
      if (this.#to.faults.strike('response_url', undefined)) return void response.writeHead(503).end();
      const to = this.#to.interactions.responseUrls.use(id);
      this.#to.interactions.answer(to, JSON.parse(body) as JsonObject);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
    } catch (error) {
      const code = error instanceof SlackError ? error.code : 'invalid_payload';
      response
        .writeHead(code === 'invalid_payload' ? 400 : 404, { 'content-type': 'application/json' })
        .end(JSON.stringify({ ok: false, error: code }));
    }
  }
}
