import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import type { Log } from '#src/platform/logging/logging';
import { isOurs, problemOf } from './problems.ts';

/** The one place where errors become HTTP. A body that was begun cannot be taken back: then the connection is ended. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const problem = problemOf(error);
    if (isOurs(problem)) this.log.error({ status: problem.status, error: error instanceof Error ? error.stack : String(error) }, 'request failed');
    if (response.headersSent) {
      response.end();
      return;
    }
    response.status(problem.status);
    if (problem.status === 503) response.setHeader('Retry-After', '1');
    response.type('application/problem+json').send(JSON.stringify(problem));
  }
}
