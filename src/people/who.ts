import type { Request } from 'express';
import { BadRequest } from '#src/platform/http/problems';
import { NotAllowed, NotSignedIn, TokenUnknown } from './people.errors.ts';
import type { ApiTokens } from './api-tokens.service.ts';
import type { DoorLimits } from './door-limits.ts';
import { mustHaveScope } from './permissions.types.ts';
import { type AtTheDoor, WEB } from './people.types.ts';
import type { Sessions } from './sessions.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** What takes all of something along is no mere look. */
const EXPORTS = /^\/api\/v1\/(incidents\/[^/]+\/export|audit\.(csv|jsonl))\/?$/;
const BEARER = /^Bearer +(\S+)$/i;

/** Over TLS the cookie is bound to the host; plain http is for this machine only, where browsers refuse that prefix. */
export const cookieName = (secure: boolean): string => (secure ? '__Host-muster' : 'muster');

interface Doorkeeper {
  readonly sessions: Sessions;
  readonly tokens: ApiTokens;
  readonly limits: DoorLimits;
  readonly secure: boolean;
  /** The browser is to keep this session's cookie for longer. */
  keep(request: Request, session: string): void;
}

/**
 * Who sent a request: the holder of a session cookie, or of an API token.
 *
 * A cookie travels by itself, so a change that carries one must come from our own page; a token is put there on purpose,
 * and needs the scope to read or the one to write. What an admin's is needs another one besides (`mustBeAllowed`).
 *
 * @throws NotSignedIn, TokenUnknown, NotAllowed, ScopeMissing, TooOften
 */
export async function who(doorkeeper: Doorkeeper, request: Request): Promise<AtTheDoor> {
  const { sessions, tokens, limits, secure } = doorkeeper;
  const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
  if (token) {
    const holder = await tokens.holder(token);
    if (!holder) {
      limits.tryToken(request);
      throw new TokenUnknown();
    }
    // The token that Muster was started with is its operator's own, and without scopes.
    if (holder.scopes) limits.ask(request, holder.badge);
    mustHaveScope(holder.scopes, SAFE.has(request.method) ? 'read' : 'write');
    return holder;
  }
  const cookie = cookieOf(request, cookieName(secure));
  const holder = cookie ? await sessions.ofCookie(cookie, () => doorkeeper.keep(request, cookie)) : null;
  if (!holder) throw new NotSignedIn();
  limits.ask(request, holder.badge);
  if (!SAFE.has(request.method) && !isOwnPage(request))
    throw new NotAllowed('change anything from another site', 'Open the page here and do it there.');
  const isLook = SAFE.has(request.method) && !EXPORTS.test(request.path);
  return { ...holder, isStale: Boolean(holder.isStale) && !isLook, via: WEB };
}

export function cookieOf(request: Request, name: string): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}

/**
 * Browsers say where a request comes from; older ones at least by `Origin`, those for the terminal only by `Referer`, which
 * our pages let them send to us alone. None of them, and it is not a page of ours.
 */
function isOwnPage(request: Request): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const origin = request.headers.origin ?? request.headers.referer;
  if (!origin) return false;
  try {
    return new URL(origin).host === request.headers.host;
  } catch {
    return false;
  }
}

/** For doors, where nobody is known yet. */
export function mustBeOwnPage(request: Request): void {
  if (!isOwnPage(request))
    throw new BadRequest('This was sent from another site, so nothing was done. Open the page here and press its button.', 403);
}
