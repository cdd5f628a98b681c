import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { memberToAdd, teamToChange, teamToMake } from '#libs/war-room-protocol/commands';
import { teamList, teamView } from '#libs/war-room-protocol/organisation';
import { Door } from '#src/people/door.service';
import { may } from '#src/people/permissions.types';
import { Described } from '#src/platform/http/openapi/described';
import { Pages } from '#src/platform/http/pages/pages';
import { afterForm, type RefusedForm } from '#src/platform/http/pages/refused-form';
import { parse } from '#src/platform/http/parse';
import { Teams } from './teams.service.ts';
import { teamsPage } from './teams.pages.ts';

const A_TEAM = { name: 'Payments' };

/** The organisation's teams: everybody in it may read them, responders change them. */
@Controller()
export class TeamsController {
  constructor(
    private readonly door: Door,
    private readonly teams: Teams,
    private readonly pages: Pages,
  ) {}

  @Get('api/v1/teams')
  @Described({ says: 'The teams and who is in them, archived ones last', answer: teamList })
  async list(@Req() request: Request) {
    return { teams: await this.teams.list(await this.door.who(request)) };
  }

  @Post('api/v1/teams')
  @HttpCode(201)
  @Described({ says: 'Makes a team with nobody in it yet', body: teamToMake, answer: teamView })
  async make(@Req() request: Request, @Body() body: unknown) {
    const somebody = await this.door.who(request);
    return this.teams.make(parse(teamToMake, body, A_TEAM).name, somebody);
  }

  @Patch('api/v1/teams/:id')
  @Described({ says: 'Renames a team, archives it or brings it back', body: teamToChange, answer: teamView })
  async change(@Req() request: Request, @Param('id') id: string, @Body() body: unknown) {
    const somebody = await this.door.who(request);
    return this.teams.change(id, parse(teamToChange, body, A_TEAM), somebody);
  }

  @Post('api/v1/teams/:id/members')
  @HttpCode(200)
  @Described({ says: 'Adds somebody to a team', body: memberToAdd, answer: teamView })
  async addMember(@Req() request: Request, @Param('id') id: string, @Body() body: unknown) {
    const somebody = await this.door.who(request);
    return this.teams.addMember(id, parse(memberToAdd, body, { person: 'Ana Ruiz' }).person, somebody);
  }

  @Delete('api/v1/teams/:id/members/:person')
  @Described({ says: 'Takes somebody out of a team. They stay in the incidents that it was added to', answer: teamView })
  async removeMember(@Req() request: Request, @Param('id') id: string, @Param('person') person: string) {
    return this.teams.removeMember(id, person, await this.door.who(request));
  }

  @Get('settings/teams')
  async page(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.show(request, response, null);
  }

  @Post('settings/teams')
  makeHere(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    return this.done(request, response, this.make(request, body));
  }

  @Post('settings/teams/:id')
  changeHere(@Req() request: Request, @Res() response: Response, @Param('id') id: string, @Body() body: unknown): Promise<void> {
    const { name, archived } = body as Record<string, unknown>;
    return this.done(request, response, this.change(request, id, { name, archived: archived === 'on' }));
  }

  @Post('settings/teams/:id/members')
  addHere(@Req() request: Request, @Res() response: Response, @Param('id') id: string, @Body() body: unknown): Promise<void> {
    return this.done(request, response, this.addMember(request, id, body));
  }

  @Post('settings/teams/:id/members/:person/remove')
  async removeHere(
    @Req() request: Request,
    @Res() response: Response,
    @Param('id') id: string,
    @Param('person') person: string,
  ): Promise<void> {
    await this.removeMember(request, id, person);
    response.redirect(303, '/settings/teams');
  }

  private done(request: Request, response: Response, change: Promise<unknown>): Promise<void> {
    return afterForm(request, response, change, { back: '/settings/teams', again: (refused) => this.show(request, response, refused) });
  }

  private async show(request: Request, response: Response, refused: RefusedForm | null): Promise<void> {
    const somebody = await this.door.who(request);
    const page = teamsPage(await this.teams.list(somebody), may(somebody.role, 'team.manage'), refused);
    await this.pages.send(request, response, page, refused?.status);
  }
}
