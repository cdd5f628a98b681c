import { Body, Controller, Get, Post, Put, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { archiveRule } from '#libs/war-room-protocol/archiving';
import { Door } from '#src/people/door.service';
import { Described } from '#src/platform/http/openapi/described';
import { Pages } from '#src/platform/http/pages/pages';
import { afterForm, type RefusedForm } from '#src/platform/http/pages/refused-form';
import { parse } from '#src/platform/http/parse';
import { archivingPage } from './archiving.pages.ts';
import { Archiving } from './archiving.service.ts';

const ALL = '/settings/archiving';

/** When the channels of what is over are archived, for admins. */
@Controller()
export class ArchivingController {
  constructor(
    private readonly door: Door,
    private readonly archiving: Archiving,
    private readonly pages: Pages,
  ) {}

  @Get('api/v1/archiving')
  @Described({ says: 'After how many days the channels of incidents that are over are archived in the chats', answer: archiveRule })
  async rule(@Req() request: Request) {
    return this.archiving.rule(await this.door.who(request));
  }

  @Put('api/v1/archiving')
  @Described({
    says: 'Archives the channels of incidents so many days after they are over and nobody did anything in them any more; `null` archives none',
    body: archiveRule,
    answer: archiveRule,
  })
  async set(@Req() request: Request, @Body() body: unknown) {
    const somebody = await this.door.who(request);
    return this.archiving.set(parse(archiveRule, body, { days: 14 }), somebody);
  }

  @Get('settings/archiving')
  async page(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.show(request, response, null);
  }

  @Post('settings/archiving')
  setHere(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    const given = String((body as Record<string, unknown>)['days'] ?? '').trim();
    const change = this.set(request, { days: given === '' ? null : Number(given) });
    return afterForm(request, response, change, { back: ALL, again: (refused) => this.show(request, response, refused) });
  }

  private async show(request: Request, response: Response, refused: RefusedForm | null): Promise<void> {
    const rule = await this.archiving.rule(await this.door.who(request));
    await this.pages.send(request, response, archivingPage(rule, refused), refused?.status);
  }
}
