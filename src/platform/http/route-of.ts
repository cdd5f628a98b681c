import type { Request } from 'express';

/** Everything that no route of ours was found for: one name, or a scanner would make one for each address it tries. */
const OTHER = 'other';

/** The pattern of a route, never an address: there are as many as we wrote, and none holds an id. */
export function routeOf(request: Request): string {
  const { path } = (request.route ?? {}) as { path?: unknown };
  return typeof path === 'string' ? path : OTHER;
}
