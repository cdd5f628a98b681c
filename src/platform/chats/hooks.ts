import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpOut } from '@musterhq/chat-port';
import type { Log } from '#src/platform/logging/logging';
import { traceFrom, withTrace } from '#src/platform/logging/trace';
import { answerProblem } from '#src/platform/http/answer-problem';
import { BadRequest, mapErrors } from '#src/platform/http/problems';
import { secureHeaders } from '#src/platform/http/security-headers';
import { wholeBody } from '#src/platform/http/whole-body';
import type { Metrics } from '#src/platform/metrics/metrics';
import type { Chats } from './chats.ts';
import type { FrontDoor } from './front-door.ts';
import { AdapterFailed } from './outside/outside.errors.ts';

/** The instance, and what follows it. */
const ADDRESS = /^\/hooks\/([^/?]*)(.*)$/s;
const ROUTE = '/hooks/:instance';

/**
 * Where platforms call: `/hooks/…`. The answer is the adapter's; that something was not kept is ours to say, with a 503.
 *
 * A chat that floods us does so here, on the processor that people's posts need as well, so nothing stands between Node's
 * server and the front door: through Express, Nest and their readers an event cost 2.9 times what bare Bolt takes for
 * it (docs/decisions/0022).
 */
export class Hooks {
  constructor(
    private readonly door: Pick<FrontDoor, 'receive'>,
    private readonly chats: Pick<Chats, 'get' | 'configured'>,
    private readonly metrics: Pick<Metrics, 'request'>,
    private readonly log: Log,
    private readonly isSecure: boolean,
  ) {
    mapErrors(503, AdapterFailed);
  }

  isOne(request: IncomingMessage): boolean {
    return request.url?.startsWith('/hooks/') ?? false;
  }

  receive(request: IncomingMessage, response: ServerResponse): void {
    const began = performance.now();
    const trace = traceFrom(request.headers.traceparent);
    response.setHeader('Trace-Id', trace);
    withTrace(trace, () => {
      void this.answer(request, response)
        .catch((error: unknown) => answerProblem(error, trace, response, this.log))
        .finally(() => this.tell(request, response, performance.now() - began));
    });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await wholeBody(request);
    if (!body) return;
    const [, instance = '', rest = ''] = ADDRESS.exec(request.url ?? '') ?? [];
    const out = await this.door.receive(instance, {
      method: request.method ?? 'GET',
      path: rest.startsWith('/') ? rest : `/${rest}`,
      headers: headersOf(request),
      body,
      now: Date.now(),
    });
    if (out) this.give(out, response);
    else if (!this.chats.get(instance) && this.chats.configured().some(({ id }) => id === instance))
      throw new AdapterFailed('This chat does not run at the moment. Nothing was kept: send it again.');
    else throw new BadRequest('No chat listens at this address. Copy the request URL from the chat’s setup page.', 404);
  }

  /** What an adapter says may be shown by a browser, on the address that our pages have. An empty answer shows nothing. */
  private give({ status, headers, body }: HttpOut, response: ServerResponse): void {
    response.statusCode = status;
    if (body !== undefined && body !== '') secureHeaders(response, this.isSecure);
    for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
    response.end(body);
  }

  private tell({ method = 'GET' }: IncomingMessage, { statusCode, headersSent }: ServerResponse, ms: number): void {
    // Nobody was answered: the caller went away.
    const status = headersSent ? statusCode : 499;
    this.metrics.request(method, ROUTE, status, ms);
    this.log.info({ method, route: ROUTE, status, ms: Math.round(ms) }, 'request answered');
  }
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const name in headers) plain[name] = String(headers[name]);
  return plain;
}
