import type { Request, Response } from 'express';
import type { Door } from '#src/people/door.service';
import { NotSignedIn } from '#src/people/people.errors';
import type { AtTheDoor } from '#src/people/people.types';
import { acceptsPage } from '#src/platform/http/pages/accepts-page';

/** Sends people without a session to the doors, and back to where they wanted to go afterwards. */
export class Guests {
  constructor(private readonly door: Door) {}

  /** Null when the answer has been given. @throws NotSignedIn for programs */
  async letIn(request: Request, response: Response): Promise<AtTheDoor | null> {
    try {
      return await this.door.who(request);
    } catch (error) {
      if (!(error instanceof NotSignedIn) || !acceptsPage(request)) throw error;
      response.setHeader('Cache-Control', 'no-store');
      response.redirect(303, `/sign-in?to=${encodeURIComponent(request.originalUrl)}`);
      return null;
    }
  }
}
