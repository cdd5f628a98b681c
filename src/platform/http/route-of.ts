import type { Request } from 'express';

/** Everything that no route of ours was found for: one name, or a scanner would make one for each address it tries. */
const OTHER = 'other';
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** The pattern of a route, never an address: there are as many as we wrote, and none holds an id. */
export function routeOf(request: Request): string {
  const { path } = (request.route ?? {}) as { path?: unknown };
  return typeof path === 'string' ? path : OTHER;
}

export const methodOf = ({ method }: Request): string => (METHODS.has(method) ? method : OTHER);
