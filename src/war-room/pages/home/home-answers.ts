import type { Request, Response } from 'express';
import { uuidv7 } from 'uuidv7';
import { KeyReused } from '#src/incidents/incidents.errors';
import type { Declaring } from '#src/incidents/declaring.service';
import type { IncidentQueries } from '#src/incidents/incidents.queries';
import type { Door } from '#src/people/door.service';
import { mustBeAllowed } from '#src/people/permissions.types';
import { type AtTheDoor, actorOf } from '#src/people/people.types';
import type { Pages } from '#src/platform/http/pages/pages';
import { problemOf } from '#src/platform/http/problems';
import { type DeclareDraft, declareDraftOf, emptyDraft, toDeclare } from './declare-draft.ts';
import { declarePage } from './declare.page.ts';
import { homePage } from './home.page.ts';

/** What is going on at once on a day that is lost anyway. */
const MOST_SHOWN = 200;
const USED = 'This form has declared an incident already. If this is another one, declare it now; otherwise look at the list.';

/** The list of what is going on, and declaring, as pages. */
export class HomeAnswers {
  constructor(
    private readonly door: Door,
    private readonly queries: IncidentQueries,
    private readonly declaring: Declaring,
    private readonly pages: Pages,
  ) {}

  async show(request: Request, response: Response, viewer: AtTheDoor): Promise<void> {
    const { incidents, more } = await this.queries.list(true, { limit: MOST_SHOWN }, viewer);
    await this.pages.send(request, response, homePage({ incidents, more, viewer, key: uuidv7(), now: new Date().toISOString() }));
  }

  async form(request: Request, response: Response): Promise<void> {
    await this.pages.send(request, response, declarePage(emptyDraft(uuidv7()), null));
  }

  /** Declared: to its room. Not declared: the form again, with why and with everything that was typed. */
  async declare(request: Request, response: Response, fields: unknown): Promise<void> {
    const draft = declareDraftOf(fields);
    try {
      const viewer = await this.door.who(request);
      mustBeAllowed(viewer, 'incident.declare');
      const { incident } = await this.declaring.declareOnce(
        toDeclare(draft),
        actorOf(viewer),
        `form ${draft.key || uuidv7()}`.slice(0, 200),
      );
      response.redirect(303, `/lite/i/${incident.reference}`);
    } catch (error) {
      await this.refuse(request, response, draft, error);
    }
  }

  private async refuse(request: Request, response: Response, draft: DeclareDraft, error: unknown): Promise<void> {
    const { status, detail } = problemOf(error);
    if (status === 403 || status === 500) throw error;
    // A key that was used belongs to another incident; one that was not keeps a press in doubt from declaring twice.
    const key = error instanceof KeyReused ? uuidv7() : draft.key;
    await this.pages.send(request, response, declarePage({ ...draft, key }, error instanceof KeyReused ? USED : detail), status);
  }
}
