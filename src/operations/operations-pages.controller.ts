import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Door } from '#src/people/door.service';
import { NotSignedIn } from '#src/people/people.errors';
import { type Actor, actorOf } from '#src/people/people.types';
import { mustBeAllowed } from '#src/people/permissions.types';
import { acceptsPage } from '#src/platform/http/pages/accepts-page';
import { Pages } from '#src/platform/http/pages/pages';
import { problemOf } from '#src/platform/http/problems';
import { type Said, operationsPage } from './operations.page.ts';
import { Operations } from './operations.service.ts';
import type { AsideView } from './operations.types.ts';

const MOST_MINUTES = 7 * 24 * 60;

/** The same as the API, for somebody with a browser. */
@Controller('operations')
export class OperationsPages {
  constructor(
    private readonly door: Door,
    private readonly operations: Operations,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    if (await this.admin(request, response)) await this.answer(request, response, null);
  }

  @Post('quarantine/:id')
  async decide(
    @Req() request: Request,
    @Res() response: Response,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() fields: { do?: unknown; why?: unknown },
  ): Promise<void> {
    const by = await this.admin(request, response);
    if (!by) return;
    await this.act(request, response, async () => {
      if (fields.do === 'replay') return cameOf(await this.operations.replay(id, by));
      const { what, missing } = await this.operations.drop(id, typeof fields.why === 'string' ? fields.why : '', by);
      return `${what} is dropped. ${missing}`;
    });
  }

  @Post('switches/:work')
  async switch(
    @Req() request: Request,
    @Res() response: Response,
    @Param('work') work: string,
    @Body() fields: { do?: unknown; why?: unknown; minutes?: unknown },
  ): Promise<void> {
    const by = await this.admin(request, response);
    if (!by) return;
    await this.act(request, response, async () => {
      const minutes = Number(fields.minutes);
      const until = minutes > 0 ? new Date(Date.now() + Math.min(minutes, MOST_MINUTES) * 60_000) : null;
      const off = fields.do === 'off' ? true : fields.do === 'on' ? false : null;
      const { name, on, means } = await this.operations.switch(work, off, typeof fields.why === 'string' ? fields.why : '', until, by);
      return on ? `${name}: on.` : `${name}: off. ${means}`;
    });
  }

  private async act(request: Request, response: Response, work: () => Promise<string>): Promise<void> {
    try {
      await this.answer(request, response, { text: await work(), isProblem: false });
    } catch (error) {
      const { status, detail } = problemOf(error);
      if (status >= 500) throw error;
      await this.answer(request, response, { text: detail, isProblem: true }, status);
    }
  }

  private async answer(request: Request, response: Response, said: Said | null, status = 200): Promise<void> {
    await this.pages.send(request, response, operationsPage(await this.operations.view(), said, new Date()), status);
  }

  private async admin(request: Request, response: Response): Promise<Actor | null> {
    try {
      const viewer = await this.door.who(request);
      mustBeAllowed(viewer, 'operations.see');
      return actorOf(viewer);
    } catch (error) {
      if (!(error instanceof NotSignedIn) || !acceptsPage(request)) throw error;
      response.setHeader('Cache-Control', 'no-store');
      response.redirect(303, `/sign-in?to=${encodeURIComponent('/operations')}`);
      return null;
    }
  }
}

function cameOf({ what, state, outcome, problem }: AsideView): string {
  if (state === 'handled') return `${what}: ${outcome ?? 'done.'}`;
  if (state === 'replaying') return `${what} waits for a worker to try it. Load this page again to see what came of it.`;
  return `${what} failed again and lies here still: ${problem}`;
}
