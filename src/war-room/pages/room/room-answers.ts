import type { Request, Response } from 'express';
import { uuidv7 } from 'uuidv7';
import type { Uploads } from '#src/artifacts/uploads.service';
import { NotSignedIn } from '#src/people/people.errors';
import type { Door } from '#src/people/door.service';
import { type AtTheDoor, actorOf } from '#src/people/people.types';
import type { Page } from '#src/platform/http/pages/layout';
import type { Pages } from '#src/platform/http/pages/pages';
import { problemOf } from '#src/platform/http/problems';
import type { ReadMarks } from '#src/rooms/read-marks.service';
import type { IncidentQueries } from '#src/incidents/incidents.queries';
import type { RoomCommands } from '../../commands/room-commands.ts';
import type { HeardQueries } from '../../heard.queries.ts';
import { commandOf } from './command-of.ts';
import type { Draft } from './draft.ts';
import type { FormState } from './forms.ts';
import { messagePage, type MessageView } from './message.page.ts';
import type { MessageQueries } from './message.queries.ts';
import { roomPage } from './room.page.ts';
import type { RoomViews } from './room-view.ts';
import { unsentPage } from './unsent.page.ts';

/** Shows the room as a page and does what its forms ask for. Whatever goes wrong, what was typed comes back. */
export class RoomAnswers {
  constructor(
    private readonly door: Door,
    private readonly incidents: IncidentQueries,
    private readonly commands: RoomCommands,
    private readonly views: RoomViews,
    private readonly messages: MessageQueries,
    private readonly heard: HeardQueries,
    private readonly pages: Pages,
    private readonly uploads: Uploads,
    private readonly readMarks: ReadMarks,
  ) {}

  async show(request: Request, response: Response, id: string, viewer: AtTheDoor, before: number | null = null): Promise<void> {
    const view = await this.views.read(id, viewer, before);
    await this.pages.send(request, response, roomPage(view, blank()));
  }

  /** One message, to act on. @throws MessageNotFound */
  async showMessage(request: Request, response: Response, id: string, seq: number | null, viewer: AtTheDoor): Promise<void> {
    await this.pages.send(request, response, messagePage(await this.message(id, seq, viewer), blank()));
  }

  /** Done: back to the room's end, so that a reload repeats nothing. Not done: the same page, with why. What is done to a message shows there. */
  async act(request: Request, response: Response, id: string, draft: Draft): Promise<void> {
    try {
      const viewer = await this.door.who(request);
      const incident = await this.incidents.get(id, viewer);
      const message = draft.about === null ? null : await this.messages.one(incident.id, draft.about);
      const { say } = await this.commands.run(incident.id, commandOf(draft, message?.id ?? null), actorOf(viewer));
      if (say === undefined) return response.redirect(303, `/lite/i/${incident.number}${placeAfter(draft)}`);
      const view = await this.views.read(incident.id, viewer);
      await this.pages.send(request, response, roomPage(view, { ...blank(), say }));
    } catch (error) {
      await this.refuse(request, response, id, draft, error);
    }
  }

  /** A file from the room's form. A browser does not let us show a chosen file again, so what goes wrong is a page of its own. */
  async add(request: Request, response: Response, id: string): Promise<void> {
    const viewer = await this.door.who(request);
    const incident = await this.incidents.get(id, viewer);
    await this.uploads.receive(request, incident.id, actorOf(viewer));
    response.redirect(303, `/lite/i/${incident.number}#end`);
  }

  /** What others gave them to do is read, up to here. */
  async read(request: Request, response: Response, id: string, roles: number | null): Promise<void> {
    const viewer = await this.door.who(request);
    const incident = await this.incidents.get(id, viewer);
    await this.readMarks.move(viewer.person.id, incident.id, { seq: 0, roles: roles ?? 0 });
    response.redirect(303, `/lite/i/${incident.number}`);
  }

  private async refuse(request: Request, response: Response, id: string, draft: Draft, error: unknown): Promise<void> {
    const { status, detail } = problemOf(error);
    // Not there, or not to be seen, or our own mistake: nothing to send again, and the log needs to hear of the last.
    if (status === 403 || status === 404 || status === 500) throw error;
    const signedOut = error instanceof NotSignedIn;
    const page = signedOut ? null : await this.pageOf(request, id, { id: uuidv7(), draft, problem: detail }).catch(() => null);
    await this.pages.send(request, response, page ?? unsentPage(id, draft, detail, signedOut), status);
  }

  /** Where the form that was sent stands. */
  private async pageOf(request: Request, id: string, state: FormState): Promise<Page> {
    const viewer = await this.door.who(request);
    const about = state.draft?.about ?? null;
    return about === null ? roomPage(await this.views.read(id, viewer), state) : messagePage(await this.message(id, about, viewer), state);
  }

  /** @throws IncidentNotFound, MessageNotFound */
  private async message(id: string, seq: number | null, viewer: AtTheDoor): Promise<MessageView> {
    const incident = await this.incidents.get(id, viewer);
    const message = await this.messages.one(incident.id, seq);
    return { incident, message, heard: await this.heard.of(incident.id, message.id), viewer };
  }
}

const blank = (): FormState => ({ id: uuidv7(), draft: null, problem: null });

const placeAfter = ({ do: kind, about }: Draft): string => (about === null || kind === 'reply' ? '#end' : `/m/${about}`);
