import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { type INestApplication } from '@nestjs/common';
import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import type { Log } from '#src/platform/logging/logging';
import { Metrics } from '#src/platform/metrics/metrics';
import { answerError, ErrorFilter } from './error-filter.ts';
import { refuseDeepJson } from './json-depth.ts';
import { BadRequest } from './problems.ts';
import { traceRequests } from './trace-requests.ts';
import { securityHeaders } from './security-headers.ts';

const BODY_LIMIT = '1mb';

/** What is sent there is read by its capability, while it arrives: it may be large, and of any kind. */
const UPLOADS = /^\/(api\/v1\/incidents|lite\/i)\/[^/]+\/files\/?$/i;

/** Set on the Express app before Nest adds its routes. */
export function prepareHttp(app: INestApplication, log: Log, secure: boolean, proxies: readonly string[]): void {
  const http = app.getHttpAdapter().getInstance() as Express;
  http.disable('x-powered-by');
  http.set('etag', false);
  http.set('trust proxy', proxies);
  http.use(traceRequests(log, app.get(Metrics)));
  http.use(securityHeaders(secure));
  http.use(
    '/api',
    exceptUploads(onlyJson),
    exceptUploads(express.json({ limit: BODY_LIMIT, strict: true, verify: (_request, _response, body) => refuseDeepJson(body) })),
  );
  http.use(exceptUploads(express.urlencoded({ extended: false, limit: BODY_LIMIT })));
  // Errors of the parsers above happen before Nest sees the request, so its filter never would.
  http.use((error: unknown, request: Request, response: Response, _next: NextFunction) => answerError(error, request, response, log));
  app.useGlobalFilters(new ErrorFilter(log));
}

/** What a listener of its own answers: Express never hears of it. */
export function answerFirst(server: Server, ours: { isOne(request: IncomingMessage): boolean; receive: RequestListener }): void {
  const others = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (ours.isOne(request)) return ours.receive(request, response);
    for (const other of others) other(request, response);
  });
}

const exceptUploads =
  (parser: RequestHandler): RequestHandler =>
  (request, response, next) =>
    request.method === 'POST' && UPLOADS.test(request.baseUrl + request.path) ? next() : void parser(request, response, next);

/** A form of another site can send everything but this type without asking first. */
function onlyJson(request: Request, _response: Response, next: NextFunction): void {
  const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  next(
    hasBody && !request.is('application/json')
      ? new BadRequest('Send the body as JSON, with the header Content-Type: application/json.', 415)
      : undefined,
  );
}
