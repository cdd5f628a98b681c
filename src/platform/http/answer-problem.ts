import type { ServerResponse } from 'node:http';
import type { Log } from '#src/platform/logging/logging';
import { withTrace } from '#src/platform/logging/trace';
import { isOurs, type Problem, problemOf } from './problems.ts';

/** An error as HTTP says it, whatever shows it then: the status and what goes with it are set, and ours are in the log. */
export function beginProblem(error: unknown, trace: string, response: ServerResponse, log: Log): Problem {
  const problem = { ...problemOf(error), trace };
  if (isOurs(problem) && !isMeant(error)) withTrace(trace, () => log.error({ status: problem.status, error }, 'request failed'));
  if (response.headersSent) return problem;
  response.statusCode = problem.status;
  if (problem.status === 503 || isMeant(error)) response.setHeader('Retry-After', String(secondsOf(error)));
  response.setHeader('Cache-Control', 'no-store');
  return problem;
}

/** For programs. A body that was begun cannot be taken back: then the connection is ended. */
export function answerProblem(error: unknown, trace: string, response: ServerResponse, log: Log): void {
  const problem = beginProblem(error, trace, response, log);
  if (!response.headersSent) response.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
  response.end(response.headersSent ? undefined : JSON.stringify(problem));
}

/** Refused on purpose, perhaps a thousand times a minute: no fault, and no line in the log for each. */
const isMeant = (error: unknown): boolean => (error as { retryAfterSeconds?: number }).retryAfterSeconds !== undefined;

/** Some know when to ask again; a database that is away is back within a second or so. */
const secondsOf = (error: unknown): number => (error as { retryAfterSeconds?: number }).retryAfterSeconds ?? 1;
