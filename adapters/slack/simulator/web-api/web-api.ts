import type { ServerResponse } from 'node:http';
import type { Journal } from '../delivery/journal.ts';
import type { CallFault } from '../faults.types.ts';
import type { Faults } from '../faults.ts';
import type { JsonObject } from '../objects.ts';
import { SlackError } from '../slack-error.ts';
import type { Waits } from '../waits.ts';
import { Args, readArgs } from './args.ts';
import type { Method, Slack } from './call.ts';
import { chat } from './chat.ts';
import { conversations } from './conversations.ts';
import { files } from './files.ts';
import { marks } from './marks.ts';
import { people } from './people.ts';
import type { RateLimits } from './rate-limits.ts';
import { mustBeGranted } from './scopes.ts';
import { views } from './views.ts';

const openConnection: Method = (_args, { urls }) => ({ url: urls.socket() });
const METHODS: Readonly<Record<string, Method>> = {
  ...chat,
  ...conversations,
  ...files,
  ...marks,
  ...people,
  ...views,
  'api.test': () => ({}),
  'apps.connections.open': openConnection,
};

export interface Request {
  readonly method: string;
  readonly contentType: string;
  readonly authorization: string | undefined;
  readonly query: URLSearchParams;
  readonly body: string;
}
interface Setting {
  readonly slack: Slack;
  readonly faults: Faults;
  readonly journal: Journal;
  readonly waits: Waits;
  /** Undefined: only faults limit. */
  readonly limits: () => RateLimits | undefined;
  /** The scopes of the bot token. Undefined: any. */
  readonly granted: () => readonly string[] | undefined;
  readonly hasHome: () => boolean;
  readonly isInstalled: () => boolean;
}

/** The Web API: reads a call, lets a fault strike it, checks the token, does what is asked, answers in Slack's form. */
export class WebApi {
  readonly #s: Setting;

  constructor(setting: Setting) {
    this.#s = setting;
  }

  async answer(request: Request, response: ServerResponse): Promise<void> {
    const args = this.#read(request);
    const all = args instanceof SlackError ? {} : args.all;
    const fault = this.#s.faults.strike(request.method, channelOf(all));
    const token = tokenOf(request, all);
    const run = (visible = true): JsonObject =>
      args instanceof SlackError ? refusal(args) : this.#run(request.method, token, args, visible);
    const began = performance.now();
    const note = (outcome: string, applied: boolean | 'late'): void => {
      const [at, tookMs] = [this.#s.slack.workspace.now(), performance.now() - began];
      this.#s.journal.called({ method: request.method, args: withoutToken(all), at, tookMs, outcome, applied });
    };
    if (fault) return this.#strike(fault, run, note, response);
    const wait = this.#s.limits()?.refuse(request.method, channelOf(all));
    if (wait !== undefined) {
      note('ratelimited', false);
      return send(response, 429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(wait) });
    }
    const answer = run();
    note(outcomeOf(answer), answer['ok'] === true);
    send(response, 200, answer, this.#scopesOf(token));
  }

  async #strike(
    fault: CallFault,
    run: (visible?: boolean) => JsonObject,
    note: (outcome: string, applied: boolean | 'late') => void,
    response: ServerResponse,
  ): Promise<void> {
    const applied = ('applied' in fault && fault.applied === true) || (fault.kind === 'reset' && fault.when === 'after');
    const apply = (): boolean => applied && run()['ok'] === true;
    switch (fault.kind) {
      case 'status':
        note(`http ${fault.status}`, apply());
        return send(response, fault.status, undefined);
      case 'silence':
        note('silence', apply());
        return;
      case 'applied-late':
        note('applied-late', 'late');
        this.#s.waits.after(fault.byMs, () => run());
        return;
      case 'slow': {
        if (!(await this.#s.waits.sleep(fault.byMs))) return;
        const answer = run();
        note(outcomeOf(answer), answer['ok'] === true);
        return send(response, 200, answer);
      }
      case 'reset':
        note('reset', apply());
        if (fault.when === 'after')
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' }).write('{"ok":');
        // Let the first bytes leave before the connection goes.
        return void setImmediate(() => response.socket?.destroy());
      case 'rate-limited': {
        note('ratelimited', false);
        const after: Record<string, string> = fault.retryAfter === null ? {} : { 'retry-after': String(fault.retryAfter ?? 1) };
        return send(response, 429, { ok: false, error: 'ratelimited' }, after);
      }
      case 'error':
        note(fault.error, apply());
        return send(response, 200, { ok: false, error: fault.error });
      case 'garbage':
        note('garbage', apply());
        return sendText(response, 200, fault.body ?? '<!doctype html><title>Slack</title><p>Something went wrong');
      case 'redirect':
        note('http 302', false);
        return void response.writeHead(302, { location: fault.to }).end();
      case 'vanish': {
        const answer = run(false);
        note('vanish', false);
        return send(response, 200, answer);
      }
      case 'token-revoked':
        note(fault.error ?? 'token_revoked', false);
        return send(response, 200, { ok: false, error: fault.error ?? 'token_revoked' });
    }
  }

  #read(request: Request): Args | SlackError {
    try {
      return new Args(readArgs(request.contentType, request.body, request.query));
    } catch (error) {
      if (error instanceof SlackError) return error;
      throw error;
    }
  }

  #run(name: string, token: string | undefined, args: Args, visible: boolean): JsonObject {
    try {
      const method = METHODS[name];
      if (!method) throw new SlackError('unknown_method', { req_method: name });
      if (name !== 'api.test') this.#checkToken(name, token);
      this.#checkScopes(name, args);
      if (name === 'views.publish' && !this.#s.hasHome()) throw new SlackError('not_enabled');
      return { ok: true, ...method(args, this.#s.slack, visible) };
    } catch (error) {
      if (error instanceof SlackError) return refusal(error);
      throw error;
    }
  }

  /** Every answer to a token that is known says what it may. */
  #scopesOf(token: string | undefined): Record<string, string> {
    const granted = this.#s.granted();
    return granted && token === this.#s.slack.workspace.app.botToken ? { 'x-oauth-scopes': granted.join(',') } : {};
  }

  #checkScopes(name: string, args: Args): void {
    const granted = this.#s.granted();
    if (!granted) return;
    mustBeGranted(name, args, this.#s.slack.workspace.rooms.get(channelOf(args.all) ?? '')?.kind, granted);
  }

  #checkToken(name: string, token: string | undefined): void {
    const { app } = this.#s.slack.workspace;
    if (token === undefined) throw new SlackError('not_authed');
    if (token !== app.botToken && token !== app.appToken) throw new SlackError('invalid_auth');
    if (!this.#s.isInstalled()) throw new SlackError('account_inactive');
    const wanted = name === 'apps.connections.open' ? app.appToken : app.botToken;
    if (token !== wanted) throw new SlackError('not_allowed_token_type');
  }
}

function refusal(error: SlackError): JsonObject {
  return { ok: false, error: error.code, ...error.more };
}

function outcomeOf(answer: JsonObject): string {
  return answer['ok'] === true ? 'ok' : String(answer['error']);
}

function channelOf(all: JsonObject): string | undefined {
  const channel = all['channel'] ?? all['channel_id'];
  return typeof channel === 'string' ? channel : undefined;
}

function tokenOf({ authorization }: Request, all: JsonObject): string | undefined {
  const bearer = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
  return bearer ?? (typeof all['token'] === 'string' ? all['token'] : undefined);
}

function withoutToken({ token: _, ...rest }: JsonObject): JsonObject {
  return rest;
}

function send(response: ServerResponse, status: number, body: JsonObject | undefined, headers: Record<string, string> = {}): void {
  if (body === undefined) return sendText(response, status, '');
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(JSON.stringify(body));
}

function sendText(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(body);
}
