import type { Request } from 'express';

/** Whether a person is looking: a browser asks for HTML by name; curl and programs take anything. */
export function acceptsPage(request: Request): boolean {
  if (/^\/(api|hooks)(\/|$)/.test(request.path)) return false;
  return request.accepts(['application/problem+json', 'text/html']) === 'text/html';
}
