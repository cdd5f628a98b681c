import type { Request, Response } from 'express';
import type { Config } from '#src/platform/config/config.schema';
import type { Doorbell } from '#src/platform/doorbell/doorbell';
import type { DoorLimits } from './door-limits.ts';
import { NotAllowed, NotSignedIn } from './people.errors.ts';
import type { AtTheDoor } from './people.types.ts';
import type { ApiTokens } from './api-tokens.service.ts';
import type { Sessions } from './sessions.ts';
import { cookieName, cookieOf, who } from './who.ts';

/** The longest that browsers keep one. Whether its session is still good is not theirs to say: see `IS_GOOD`. */
const DAYS_400_MS = 400 * 24 * 60 * 60 * 1_000;

/** The door of every route: asks who is there, and hands out and takes back the cookie. */
export class Door {
  readonly secure: boolean;

  constructor(
    readonly sessions: Sessions,
    readonly tokens: ApiTokens,
    readonly limits: DoorLimits,
    private readonly doorbell: Doorbell,
    config: Config,
  ) {
    this.secure = config.PUBLIC_URL.startsWith('https:');
  }

  /** @throws NotSignedIn, TokenUnknown, NotAllowed, ScopeMissing, TooOften */
  who(request: Request): Promise<AtTheDoor> {
    return who(this, request);
  }

  /** The same where one may also be nobody: null then, and for a token that may not look. */
  inside(request: Request): Promise<AtTheDoor | null> {
    return this.who(request).catch((error: unknown) => {
      if (error instanceof NotSignedIn || error instanceof NotAllowed) return null;
      throw error;
    });
  }

  letIn(response: Response, session: string): void {
    response.cookie(cookieName(this.secure), session, {
      httpOnly: true,
      secure: this.secure,
      sameSite: 'lax',
      path: '/',
      maxAge: DAYS_400_MS,
    });
  }

  /** A session that is renewed by use would otherwise end with the cookie of the day on which somebody signed in. */
  keep(request: Request, session: string): void {
    const { res: response } = request;
    if (response && !response.headersSent) this.letIn(response, session);
  }

  async letOut(request: Request, response: Response): Promise<void> {
    const session = cookieOf(request, cookieName(this.secure));
    const person = session ? await this.sessions.end(session) : null;
    if (person) this.doorbell.ring({ topic: 'people', id: person });
    response.clearCookie(cookieName(this.secure), { httpOnly: true, secure: this.secure, sameSite: 'lax', path: '/' });
  }
}
