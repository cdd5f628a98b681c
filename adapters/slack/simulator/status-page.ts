import type { IncomingMessage, ServerResponse } from 'node:http';
import { LoopbackServer } from './server.ts';

/** One entry of `active_incidents`; what is left out is as Slack mostly has it. */
export interface StatedIncident {
  readonly title: string;
  readonly type?: 'incident' | 'notice' | 'outage';
  readonly status?: 'active' | 'scheduled' | 'resolved';
  readonly services?: readonly string[];
  readonly url?: string;
}

/** What Slack says in public of how it is: on a server of its own, which goes on when the Web API does not, and the reverse. */
export class PretendStatusPage {
  readonly #server = new LoopbackServer(0, { request: (_, response) => this.#answer(response), upgrade: (_, socket) => socket.destroy() });
  readonly #incidents: StatedIncident[] = [];
  #asked: IncomingMessage['headers'][] = [];
  #instead: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string } | undefined;

  async start(): Promise<this> {
    await this.#server.start();
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.port}/api/v2.0.0/current`;
  }

  /** How often it was asked. */
  asked(): number {
    return this.#asked.length;
  }

  admits(...incidents: readonly StatedIncident[]): void {
    this.#instead = undefined;
    this.#incidents.splice(0, Infinity, ...incidents);
  }

  /** Answers this, whatever there is to say. */
  answers(status: number, headers: Readonly<Record<string, string>> = {}, body = ''): void {
    this.#instead = { status, headers, body };
  }

  close(): Promise<void> {
    return this.#server.close();
  }

  #answer(response: ServerResponse): Promise<void> {
    this.#asked.push(response.req.headers);
    const { status, headers, body } = this.#instead ?? {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: this.#current(),
    };
    response.writeHead(status, headers).end(body);
    return Promise.resolve();
  }

  #current(): string {
    const at = new Date().toISOString();
    const dates = { date_created: at, date_updated: at };
    const incidents = this.#incidents.map(({ title, type = 'incident', status = 'active', services = ['Messaging'], url }, i) => ({
      id: String(i + 1),
      ...dates,
      ...{ title, type, status, services },
      url: url ?? `https://slack-status.com/2026-11/${i + 1}`,
      notes: [{ date_created: at, body: 'We are looking into it.' }],
    }));
    return JSON.stringify({ status: incidents.length > 0 ? 'active' : 'ok', ...dates, active_incidents: incidents });
  }
}
