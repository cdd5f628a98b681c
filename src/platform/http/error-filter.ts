import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Log } from '#src/platform/logging/logging';
import { answerProblem, beginProblem } from './answer-problem.ts';
import { acceptsPage } from './pages/accepts-page.ts';
import { errorPage } from './pages/error-page.ts';
import { traceOf } from './trace-requests.ts';

/** The one place where errors of a route become HTTP. */
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
  if (response.headersSent || !acceptsPage(request)) return answerProblem(error, trace, response, log);
  response.type('html').send(errorPage(beginProblem(error, trace, response, log), request.originalUrl));
}
