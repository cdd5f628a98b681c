import type { Request } from 'express';
import { type Reachable, addressesOf } from '#src/platform/config/addresses-of';

/**
 * By which of our addresses somebody came, for a link that is to work where theirs does. What a request says of its host is
 * believed only when it is one of them: a link with any other would lead whoever is sent it to somebody else.
 */
export function cameBy(request: Request, config: Reachable): string {
  const host = String(request.host).toLowerCase();
  return addressesOf(config).find((address) => new URL(address).host === host) ?? config.PUBLIC_URL;
}
