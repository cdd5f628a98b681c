import type { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Person, type World } from '../person.ts';
import { readBody } from '../server.ts';
import { SlackError } from '../slack-error.ts';
import type { PretendPerson, ViewValues } from '../types.ts';
import type { Waits } from '../waits.ts';
import { document } from './document.ts';
import { giveFile } from './file.ts';
import { script } from './script.ts';
import { pageState } from './state.ts';
import { style } from './style.ts';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};
/** The page gives the stream up after twice this and a little more, since some proxies keep a dead line open. */
const STILL_HERE_MS = 2000;
const IN_WORDS: Readonly<Record<string, string>> = {
  service_unavailable: 'Slack cannot be reached just now. What you wrote is still here; try again later.',
  is_archived: 'This channel is archived.',
  not_in_channel: 'You are not in this channel.',
  message_not_found: 'That message is gone.',
  msg_too_long: 'That message is too long.',
};

interface Gesture {
  readonly as?: string;
  readonly channel?: string;
  readonly ts?: string;
  readonly threadTs?: string;
  readonly text?: string;
  readonly name?: string;
  readonly on?: boolean;
  readonly command?: string;
  readonly actionId?: string;
  readonly value?: string;
  readonly viewId?: string;
  readonly values?: ViewValues;
}

const GESTURES: Readonly<Record<string, (who: PretendPerson, g: Gesture) => Promise<unknown>>> = {
  say: (who, { channel = '', text = '', threadTs }) => who.say(channel, text, threadTs === undefined ? {} : { threadTs }),
  edit: (who, { channel = '', ts = '', text = '' }) => who.edit(channel, ts, text),
  remove: (who, { channel = '', ts = '' }) => who.remove(channel, ts),
  react: (who, { channel = '', ts = '', name = '', on }) => who.react(channel, ts, name, on),
  pin: (who, { channel = '', ts = '', on }) => who.pin(channel, ts, on),
  join: (who, { channel = '' }) => who.join(channel),
  // Slackbot tells the person in the channel what went wrong with a command.
  command: async (who, { channel = '', command = '', text = '' }) => ({
    ...(await who.command(command, text, channel)),
    toldInChannel: true,
  }),
  shortcut: (who, { channel = '', ts = '', actionId = '' }) => who.shortcut(actionId, channel, ts),
  press: (who, { channel = '', ts = '', actionId = '', value }) => who.press(channel, ts, actionId, value),
  'press-in-view': (who, { viewId = '', actionId = '', value }) => who.pressInView(viewId, actionId, value),
  submit: (who, { viewId = '', values = {} }) => who.submit(viewId, values),
  dismiss: (who, { viewId = '' }) => who.dismiss(viewId),
};

/** The window a person looks through: static parts, the state of one channel, a stream that says when it changed, and gestures. */
export class Page {
  readonly #world: World;
  readonly #changes: EventEmitter;
  readonly #waits: Waits;
  readonly #streams = new Set<ServerResponse>();

  constructor(world: World, changes: EventEmitter, waits: Waits) {
    this.#world = world;
    this.#changes = changes;
    this.#waits = waits;
  }

  async serve(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = url.pathname;
    if (request.method === 'POST' && path.startsWith('/ui/')) return this.#gesture(path.slice(4), request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return answer(response, 405, 'text/plain', 'Only GET and POST are understood here.');
    if (path === '/') return answer(response, 200, 'text/html', document);
    const permalink = /^\/archives\/(\w+)/.exec(path)?.[1];
    if (permalink) return void response.writeHead(302, { location: `/?channel=${permalink}`, 'cache-control': 'no-store' }).end();
    if (path === '/app.js') return answer(response, 200, 'text/javascript', script);
    if (path === '/app.css') return answer(response, 200, 'text/css', style);
    if (path === '/ui/state')
      return answer(
        response,
        200,
        'application/json',
        JSON.stringify(pageState(this.#world, url.searchParams.get('as'), url.searchParams.get('channel'))),
      );
    if (path === '/ui/stream') return this.#stream(response);
    if (path.startsWith('/ui/file/')) return giveFile(this.#world.files.get(path.slice('/ui/file/'.length)), response, HEADERS);
    return answer(response, 404, 'text/plain', 'There is no such page in the pretend Slack.');
  }

  close(): void {
    for (const stream of this.#streams) stream.end();
  }

  #stream(response: ServerResponse): void {
    response
      .writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' })
      .write('retry: 1000\n\n');
    const changed = (): void => void response.write('data: changed\n\n');
    let stop = (): void => undefined;
    const stillHere = (): void => {
      response.write('event: here\ndata:\n\n');
      stop = this.#waits.after(STILL_HERE_MS, stillHere);
    };
    stillHere();
    this.#streams.add(response);
    this.#changes.on('changed', changed);
    response.on('close', () => {
      stop();
      this.#streams.delete(response);
      this.#changes.off('changed', changed);
    });
  }

  async #gesture(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gesture = GESTURES[name];
    if (!gesture) return answer(response, 404, 'text/plain', 'There is no such gesture.');
    // A form on another site can post, but not JSON; and a browser says where a request comes from.
    const fromElsewhere =
      request.headers['sec-fetch-site'] === 'cross-site' || !request.headers['content-type']?.startsWith('application/json');
    if (fromElsewhere) return answer(response, 403, 'text/plain', 'Gestures come from the pretend Slack’s own page.');
    try {
      const g = JSON.parse(await readBody(request)) as Gesture;
      const who = new Person(this.#world, this.#world.workspace.user(g.as ?? '').id);
      return answer(response, 200, 'application/json', JSON.stringify((await gesture(who, g)) ?? {}));
    } catch (error) {
      const message =
        error instanceof SlackError ? (IN_WORDS[error.code] ?? error.code) : error instanceof Error ? error.message : String(error);
      return answer(response, 200, 'application/json', JSON.stringify({ error: message }));
    }
  }
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { ...HEADERS, 'content-type': `${type}; charset=utf-8` }).end(body);
}
