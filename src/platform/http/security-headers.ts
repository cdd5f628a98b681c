import type { ServerResponse } from 'node:http';
import type { NextFunction, Request, Response } from 'express';

/**
 * Nothing from elsewhere runs, loads or frames us, and nothing inline is a script or a style. A pretend chat is framed by our own
 * practice page, so its route asks for `'self'`.
 */
const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

export function securityHeaders(secure: boolean) {
  return (request: Request, response: Response, next: NextFunction): void => {
    secureHeaders(response, secure, /^\/practice\/[^/]+\/(chat|beside\/[^/]+)\//.test(request.path));
    next();
  };
}

export function secureHeaders(response: ServerResponse, secure: boolean, framed = false): void {
  response.setHeader('Content-Security-Policy', `${POLICY}; frame-ancestors ${framed ? "'self'" : "'none'"}`);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  if (secure) response.setHeader('Strict-Transport-Security', 'max-age=31536000');
}
