import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { announcementRule, announcementRules, announcementToSet, audience } from '#libs/war-room-protocol/announcements';
import { Door } from '#src/people/door.service';
import { Described } from '#src/platform/http/openapi/described';
import { Pages } from '#src/platform/http/pages/pages';
import { afterForm, type RefusedForm } from '#src/platform/http/pages/refused-form';
import { parse } from '#src/platform/http/parse';
import { announcementsPage } from './announcements.pages.ts';
import { Announcements } from './announcements.service.ts';
import type { Rule } from './announcements.types.ts';

const ALL = '/settings/announcements';
const A_RULE = { room: 'https://example.slack.com/archives/C0123456789', severity: 'SEV2', kinds: ['standard'] };

/** Where incidents are announced, for admins. */
@Controller()
export class AnnouncementsController {
  constructor(
    private readonly door: Door,
    private readonly announcements: Announcements,
    private readonly pages: Pages,
  ) {}

  @Get('api/v1/announcements')
  @Described({ says: 'In which rooms incidents are announced, and which of them', answer: announcementRules })
  async list(@Req() request: Request) {
    return { rules: (await this.announcements.rules(await this.door.who(request))).map(view) };
  }

  @Put('api/v1/announcements/:chat/:audience')
  @Described({
    says: 'Announces from now on in this room of a chat, for everybody or for support. What goes on and fits is announced at once',
    body: announcementToSet,
    answer: announcementRule,
  })
  async set(@Req() request: Request, @Param('chat') chat: string, @Param('audience') whose: string, @Body() body: unknown) {
    const somebody = await this.door.who(request);
    return view(await this.announcements.set(chat, parse(audience, whose), parse(announcementToSet, body, A_RULE), somebody));
  }

  @Delete('api/v1/announcements/:chat/:audience')
  @HttpCode(204)
  @Described({ says: 'Announces nothing there any more. The posts of what goes on say so', answer: null })
  async remove(
    @Req() request: Request,
    @Param('chat') chat: string,
    @Param('audience') whose: string,
    @Query('tenant') tenant?: string,
  ): Promise<void> {
    await this.announcements.remove(chat, parse(audience, whose), tenant, await this.door.who(request));
  }

  @Get('settings/announcements')
  async page(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.show(request, response, null);
  }

  @Post('settings/announcements/:chat/:tenant/:audience')
  setHere(
    @Req() request: Request,
    @Res() response: Response,
    @Param('chat') chat: string,
    @Param('tenant') tenant: string,
    @Param('audience') whose: string,
    @Body() body: unknown,
  ): Promise<void> {
    const { room, severity, kinds } = body as Record<string, unknown>;
    const given = { room, severity, kinds: kinds === undefined ? [] : [kinds].flat(), tenant };
    return this.done(request, response, this.set(request, chat, whose, given));
  }

  @Post('settings/announcements/:chat/:tenant/:audience/remove')
  removeHere(
    @Req() request: Request,
    @Res() response: Response,
    @Param('chat') chat: string,
    @Param('tenant') tenant: string,
    @Param('audience') whose: string,
  ): Promise<void> {
    return this.done(request, response, this.remove(request, chat, whose, tenant));
  }

  private done(request: Request, response: Response, change: Promise<unknown>): Promise<void> {
    return afterForm(request, response, change, { back: ALL, again: (refused) => this.show(request, response, refused) });
  }

  private async show(request: Request, response: Response, refused: RefusedForm | null): Promise<void> {
    const somebody = await this.door.who(request);
    const [rules, workspaces] = [await this.announcements.rules(somebody), await this.announcements.workspaces(somebody)];
    await this.pages.send(request, response, announcementsPage(workspaces, rules, refused), refused?.status);
  }
}

const view = ({ instance, name, ...rule }: Rule) => ({ chat: { id: instance, name }, ...rule });
