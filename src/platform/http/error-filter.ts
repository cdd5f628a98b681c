import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Log } from '#src/platform/logging/logging';
import { withTrace } from '#src/platform/logging/trace';
import { acceptsPage } from './pages/accepts-page.ts';
import { errorPage } from './pages/error-page.ts';
import { isOurs, problemOf } from './problems.ts';
import { traceOf } from './trace-requests.ts';

/** The one place where errors become HTTP. A body that was begun cannot be taken back: then the connection is ended. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    answerError(error, host.switchToHttp().getRequest<Request>(), host.switchToHttp().getResponse<Response>(), this.log);
  }
}

/** Programs get problem+json, people a page with the same sentence. */
export function answerError(error: unknown, request: Request, response: Response, log: Log): void {
  const trace = traceOf(response);
  const problem = { ...problemOf(error), trace };
  if (isOurs(problem) && !isMeant(error)) withTrace(trace, () => log.error({ status: problem.status, error }, 'request failed'));
  if (response.headersSent) {
    response.end();
    return;
  }
  response.status(problem.status);
  if (problem.status === 503 || isMeant(error)) response.setHeader('Retry-After', String(secondsOf(error)));
  response.setHeader('Cache-Control', 'no-store');
  if (acceptsPage(request)) response.type('html').send(errorPage(problem, request.originalUrl));
  else response.type('application/problem+json').send(JSON.stringify(problem));
}

/** Refused on purpose, perhaps a thousand times a minute: no fault, and no line in the log for each. */
const isMeant = (error: unknown): boolean => (error as { retryAfterSeconds?: number }).retryAfterSeconds !== undefined;

/** Some know when to ask again; a database that is away is back within a second or so. */
const secondsOf = (error: unknown): number => (error as { retryAfterSeconds?: number }).retryAfterSeconds ?? 1;
