import type { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World } from '../person.ts';

/** The window a person looks through. */
export class Page {
  constructor(_world: World, _changes: EventEmitter) {}

  async serve(_url: URL, _request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.writeHead(404).end();
  }

  close(): void {}
}
