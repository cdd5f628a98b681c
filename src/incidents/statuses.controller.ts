import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { statusToAdd, statusToChange } from '#libs/war-room-protocol/commands';
import { statusList, statusView } from '#libs/war-room-protocol/views';
import { Door } from '#src/people/door.service';
import { mustBeAllowed } from '#src/people/permissions.types';
import { Described } from '#src/platform/http/openapi/described';
import { Pages } from '#src/platform/http/pages/pages';
import { afterForm, type RefusedForm } from '#src/platform/http/pages/refused-form';
import { parse } from '#src/platform/http/parse';
import { statusesPage } from './statuses.pages.ts';
import { Statuses } from './statuses.service.ts';

/** Where an incident can stand, and the organisation's own words for it. */
@Controller()
export class StatusesController {
  constructor(
    private readonly door: Door,
    private readonly statuses: Statuses,
    private readonly pages: Pages,
  ) {}

  @Get('api/v1/statuses')
  @Described({ says: 'Where an incident can stand', answer: statusList })
  async list(@Req() request: Request) {
    await this.door.who(request);
    return { statuses: await this.statuses.list() };
  }

  @Post('api/v1/statuses')
  @HttpCode(201)
  @Described({ says: 'Adds a status of your own, behind the others of its category', body: statusToAdd, answer: statusView })
  async add(@Req() request: Request, @Body() body: unknown) {
    const somebody = await this.door.who(request);
    const { name, category } = parse(statusToAdd, body);
    return this.statuses.add(name, category, somebody);
  }

  @Patch('api/v1/statuses/:name')
  @Described({
    says: 'Renames a status of your own, archives it or brings it back, or puts any into another place of its category',
    body: statusToChange,
    answer: statusView,
  })
  async change(@Req() request: Request, @Param('name') name: string, @Body() body: unknown) {
    const somebody = await this.door.who(request);
    return this.statuses.change(name, parse(statusToChange, body, { place: 1 }), somebody);
  }

  @Delete('api/v1/statuses/:name')
  @HttpCode(204)
  @Described({ says: 'Removes a status of your own that no incident has', answer: null })
  async remove(@Req() request: Request, @Param('name') name: string): Promise<void> {
    await this.statuses.remove(name, await this.door.who(request));
  }

  @Get('settings/statuses')
  async page(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.show(request, response, null);
  }

  @Post('settings/statuses')
  addHere(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    return this.done(request, response, this.add(request, body));
  }

  @Post('settings/statuses/:name')
  changeHere(@Req() request: Request, @Res() response: Response, @Param('name') name: string, @Body() body: unknown): Promise<void> {
    const { archived, place, ...words } = body as Record<string, unknown>;
    const to = { ...words, place: Number(place) || undefined, archived: archived === 'on' };
    return this.done(request, response, this.change(request, name, to));
  }

  @Post('settings/statuses/:name/remove')
  removeHere(@Req() request: Request, @Res() response: Response, @Param('name') name: string): Promise<void> {
    return this.done(request, response, this.remove(request, name));
  }

  private done(request: Request, response: Response, change: Promise<unknown>): Promise<void> {
    return afterForm(request, response, change, { back: '/settings/statuses', again: (refused) => this.show(request, response, refused) });
  }

  private async show(request: Request, response: Response, refused: RefusedForm | null): Promise<void> {
    mustBeAllowed(await this.door.who(request), 'settings.change');
    await this.pages.send(request, response, statusesPage(await this.statuses.list(), refused), refused?.status);
  }
}
