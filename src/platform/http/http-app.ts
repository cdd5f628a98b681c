import { type INestApplication } from '@nestjs/common';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { Log } from '#src/platform/logging/logging';
import { ErrorFilter } from './error-filter.ts';
import { isOurs, problemOf } from './problems.ts';
import { securityHeaders } from './security-headers.ts';

const BODY_LIMIT = '1mb';

/** Set on the Express app before Nest adds its routes. Webhooks keep their bytes: signatures are over the raw body. */
export function prepareHttp(app: INestApplication, log: Log, secure: boolean): void {
  const http = app.getHttpAdapter().getInstance() as Express;
  http.disable('x-powered-by');
  http.set('etag', false);
  http.use(securityHeaders(secure));
  http.use('/hooks', express.raw({ type: () => true, limit: BODY_LIMIT }));
  http.use('/api', express.json({ limit: BODY_LIMIT, strict: true }));
  http.use(express.urlencoded({ extended: false, limit: BODY_LIMIT }));
  // Errors of the parsers above happen before Nest sees the request, so its filter never would.
  http.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(error);
    const problem = problemOf(error);
    if (isOurs(problem)) log.error({ error: String(error) }, 'request failed before its route');
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  });
  app.useGlobalFilters(new ErrorFilter(log));
}
