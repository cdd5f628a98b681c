import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ActedTeams } from '../acted-teams.ts';
import type { Activity } from '../activities.ts';
import type { Conversation, KeptMessage } from '../conversations.ts';
import { document } from './document.ts';
import { script } from './script.ts';
import { pageState } from './state.ts';
import { style } from './style.ts';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};
const LARGEST_BODY = 200_000;

interface Gesture {
  readonly as?: string;
  readonly room?: string;
  readonly thread?: string | null;
  readonly id?: string;
  readonly text?: string;
  readonly action?: string;
  readonly data?: Activity;
}

/** The window through which people look at the pretend Teams and act in it, on a port of its own. All its addresses are relative. */
export class TeamsPage {
  private readonly server: Server = createServer((request, response) => void this.serve(request, response).catch(() => response.destroy()));

  constructor(
    private readonly acted: ActedTeams,
    /** The channels that people see. */
    private readonly rooms: readonly Conversation[],
  ) {}

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async open(): Promise<void> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
  }

  async close(): Promise<void> {
    const closed = new Promise((done) => this.server.close(done));
    this.server.closeAllConnections();
    await closed;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://teams.invalid');
    if (request.method === 'POST') return this.gesture(pathname.replace(/^\/ui\//, ''), request, response);
    if (pathname === '/') return answer(response, 200, 'text/html', document);
    if (pathname === '/app.js') return answer(response, 200, 'text/javascript', script);
    if (pathname === '/app.css') return answer(response, 200, 'text/css', style);
    if (pathname === '/ui/state')
      return json(response, pageState(this.acted, this.rooms, { as: searchParams.get('as'), room: searchParams.get('room') }));
    return answer(response, 404, 'text/plain', 'There is no such page in the pretend Teams.');
  }

  private async gesture(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A form on another site can post, but not JSON; and a browser says where a request comes from.
    if (request.headers['sec-fetch-site'] === 'cross-site' || !request.headers['content-type']?.startsWith('application/json'))
      return answer(response, 403, 'text/plain', 'Gestures come from the pretend Teams’ own page.');
    try {
      return json(response, await this.act(name, JSON.parse(await bodyOf(request)) as Gesture));
    } catch (error) {
      return json(response, { error: error instanceof Error ? error.message : String(error) });
    }
  }

  private act(name: string, { as = '', room = '', thread, id, text = '', action = '', data = {} }: Gesture): Promise<object> {
    if (!this.acted.people.includes(as)) throw new Error('There is nobody of that name here.');
    if (name === 'say') return this.acted.say(as, this.roomOf(room).id, text, thread ?? undefined);
    if (name === 'submit') return this.acted.submit(as, this.roomOf(room).id, data);
    const message = this.messageOf(room, id);
    if (name === 'press') return this.acted.press(as, message, action);
    if (this.acted.authorOf(message) !== as) throw new Error('That is somebody else’s message.');
    if (name === 'edit') return this.acted.edit(as, message, text);
    if (name === 'remove') return this.acted.remove(as, message);
    throw new Error('There is no such gesture.');
  }

  private roomOf(id: string): Conversation {
    const room = this.rooms.find((one) => one.id === id);
    if (!room) throw new Error('There is no such channel.');
    return room;
  }

  private messageOf(room: string, id: string | undefined): KeptMessage {
    const message = this.roomOf(room).messages.find((one) => one.id === id);
    if (!message) throw new Error('That message is gone.');
    return message;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > LARGEST_BODY) throw new Error('That is too long.');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { ...HEADERS, 'content-type': `${type}; charset=utf-8` }).end(body);
}

const json = (response: ServerResponse, body: object): void => answer(response, 200, 'application/json', JSON.stringify(body));
