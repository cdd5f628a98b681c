import type { NextFunction, Request, Response } from 'express';
import type { Log } from '#src/platform/logging/logging';
import type { Metrics } from '#src/platform/metrics/metrics';
import { newTrace, traceFrom, withTrace } from '#src/platform/logging/trace';
import { routeOf } from './route-of.ts';

const HEADER = 'Trace-Id';

/**
 * Gives each request its trace, the caller's where it sent a `traceparent`, and says it in the answer. One line when it is
 * over, with the route's pattern: an address may hold a sign-in link.
 */
export function traceRequests(log: Log, metrics: Metrics) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const trace = traceFrom(request.headers['traceparent']);
    response.setHeader(HEADER, trace);
    const began = performance.now();
    response.once('close', () => {
      const ms = performance.now() - began;
      const facts = { method: request.method, route: routeOf(request), status: response.statusCode, ms: Math.round(ms) };
      // A page that watches for hours is no slow request.
      if (!isStream(response)) metrics.request(facts.method, facts.route, facts.status, ms);
      withTrace(trace, () => (request.method === 'GET' ? log.debug(facts, 'request answered') : log.info(facts, 'request answered')));
    });
    withTrace(trace, next);
  };
}

export const traceOf = (response: Response): string => String(response.getHeader(HEADER) ?? newTrace());

const isStream = (response: Response): boolean => String(response.getHeader('Content-Type')).startsWith('text/event-stream');
