import { Body, Controller, Get, Param, Patch, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import * as z from 'zod/mini';
import { roleToGive } from '#libs/war-room-protocol/commands';
import { colleague, colleagueList } from '#libs/war-room-protocol/organisation';
import { Described } from '#src/platform/http/openapi/described';
import { pageRequest } from '#src/platform/http/paging';
import { Pages } from '#src/platform/http/pages/pages';
import { parse } from '#src/platform/http/parse';
import { isUuid } from '#src/platform/words/is-uuid';
import { Door } from './door.service.ts';
import { PersonNotFound } from './people.errors.ts';
import { peoplePage } from './people.pages.ts';
import { OrganisationRoles } from './organisation-roles.service.ts';

const listRequest = z.object(pageRequest(z.uuid(), 200));

/** Who is in the organisation and which role they have, for admins. */
@Controller()
export class PeopleController {
  constructor(
    private readonly door: Door,
    private readonly roles: OrganisationRoles,
    private readonly pages: Pages,
  ) {}

  @Get('api/v1/people')
  @Described({ says: 'Who is in the organisation and which role they have, by name', query: listRequest, answer: colleagueList })
  async list(@Req() request: Request) {
    const somebody = await this.door.who(request);
    return this.roles.page(parse(listRequest, request.query), somebody);
  }

  @Patch('api/v1/people/:id')
  @Described({ says: 'Gives somebody a role, from their next request on', body: roleToGive, answer: colleague })
  async give(@Req() request: Request, @Param('id') id: string, @Body() body: unknown) {
    const somebody = await this.door.who(request);
    return this.roles.give(known(id), parse(roleToGive, body).role, somebody);
  }

  @Get('settings/people')
  async page(@Req() request: Request, @Res() response: Response): Promise<void> {
    const somebody = await this.door.who(request);
    await this.pages.send(request, response, peoplePage(await this.roles.page(parse(listRequest, request.query), somebody)));
  }

  @Post('settings/people/:id')
  async choose(@Req() request: Request, @Res() response: Response, @Param('id') id: string, @Body() body: unknown): Promise<void> {
    const somebody = await this.door.who(request);
    await this.roles.give(known(id), parse(roleToGive, body).role, somebody);
    response.redirect(303, '/settings/people');
  }
}

/** @throws PersonNotFound */
function known(id: string): string {
  if (!isUuid(id)) throw new PersonNotFound();
  return id;
}
