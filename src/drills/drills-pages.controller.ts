import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Door } from '#src/people/door.service';
import { NotSignedIn } from '#src/people/people.errors';
import { may } from '#src/people/permissions.types';
import type { AtTheDoor } from '#src/people/people.types';
import { acceptsPage } from '#src/platform/http/pages/accepts-page';
import { Pages } from '#src/platform/http/pages/pages';
import type { RefusedForm } from '#src/platform/http/pages/refused-form';
import { parse } from '#src/platform/http/parse';
import { problemOf } from '#src/platform/http/problems';
import { drillPage } from './drill.page.ts';
import { drillsPage } from './drills.page.ts';
import { Drills } from './drills.service.ts';
import { drillToStart, drillsRequest } from './drills.types.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The same as the API, for somebody with a browser. */
@Controller('drill')
export class DrillsPages {
  constructor(
    private readonly door: Door,
    private readonly drills: Drills,
    private readonly pages: Pages,
  ) {}

  @Get()
  async all(@Req() request: Request, @Res() response: Response): Promise<void> {
    const somebody = await this.somebody(request, response);
    if (somebody) await this.show(request, response, somebody, null);
  }

  /** Begun: to its page. Not begun: the form again, with why and with what was typed. */
  @Post()
  async begin(@Req() request: Request, @Res() response: Response, @Body() fields: Fields): Promise<void> {
    const somebody = await this.door.who(request);
    try {
      const { id } = await this.drills.startAtTheDoor(parse(drillToStart, asked(fields)), somebody);
      response.redirect(303, `/drill/${id}`);
    } catch (error) {
      const { status, detail } = problemOf(error);
      if (status !== 400 && status !== 409) throw error;
      await this.show(request, response, somebody, { action: '/drill', why: detail, status, fields });
    }
  }

  @Get(':drill')
  async one(@Req() request: Request, @Res() response: Response, @Param('drill') drill: string): Promise<void> {
    const somebody = await this.somebody(request, response);
    if (!somebody) return;
    await this.pages.send(request, response, drillPage(await this.drills.get(drill, somebody), may(somebody.role, 'drill.run')));
  }

  @Post(':drill')
  async stop(@Req() request: Request, @Res() response: Response, @Param('drill') drill: string): Promise<void> {
    const { id } = await this.drills.stopAtTheDoor(drill, await this.door.who(request));
    response.redirect(303, `/drill/${id}`);
  }

  private async show(request: Request, response: Response, somebody: AtTheDoor, refused: RefusedForm | null): Promise<void> {
    const list = await this.drills.list(parse(drillsRequest, request.query), somebody);
    const shown = { list, ...(await this.drills.choices()), may: may(somebody.role, 'drill.run'), refused };
    await this.pages.send(request, response, drillsPage(shown), refused?.status ?? 200);
  }

  /** Its address stands in chats and mails: whoever follows it signs in first, and comes back. */
  private async somebody(request: Request, response: Response): Promise<AtTheDoor | null> {
    try {
      return await this.door.who(request);
    } catch (error) {
      if (!(error instanceof NotSignedIn) || !acceptsPage(request)) throw error;
      response.setHeader('Cache-Control', 'no-store');
      response.redirect(303, `/sign-in?to=${encodeURIComponent(request.path)}`);
      return null;
    }
  }
}

/** As the API takes it. */
const asked = ({ fault, minutes, chat, team, tells }: Fields): object => ({
  fault,
  minutes: Number(minutes),
  chat: chat ?? '',
  team: team ?? '',
  tells: tells === 'on',
});
