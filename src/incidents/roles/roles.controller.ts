import { Body, Controller, Get, HttpCode, Param, Patch, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { roleToAdd, roleToChange } from '#libs/war-room-protocol/commands';
import { incidentRole, incidentRoleList } from '#libs/war-room-protocol/organisation';
import { Door } from '#src/people/door.service';
import { mustBeAllowed } from '#src/people/permissions.types';
import { Described } from '#src/platform/http/openapi/described';
import { Pages } from '#src/platform/http/pages/pages';
import { afterForm, type RefusedForm } from '#src/platform/http/pages/refused-form';
import { parse } from '#src/platform/http/parse';
import { RoleList } from './role-list.service.ts';
import { rolesPage } from './roles.pages.ts';

const A_ROLE = { key: 'legal', name: 'Legal', instructions: 'Say what has to be reported, and by when.' };

/** The organisation's roles for incidents: anybody may read them, admins change them. */
@Controller()
export class RolesController {
  constructor(
    private readonly door: Door,
    private readonly roles: RoleList,
    private readonly pages: Pages,
  ) {}

  @Get('api/v1/roles')
  @Described({ says: 'What somebody can be in an incident, retired roles included', answer: incidentRoleList })
  async list(@Req() request: Request) {
    await this.door.who(request);
    return { roles: await this.roles.list() };
  }

  @Post('api/v1/roles')
  @HttpCode(201)
  @Described({ says: 'Adds a role of your own, behind the others', body: roleToAdd, answer: incidentRole })
  async add(@Req() request: Request, @Body() body: unknown) {
    const somebody = await this.door.who(request);
    return this.roles.add(parse(roleToAdd, body, A_ROLE), somebody);
  }

  @Patch('api/v1/roles/:key')
  @Described({ says: 'Renames a role, tells it otherwise, retires it or brings it back', body: roleToChange, answer: incidentRole })
  async change(@Req() request: Request, @Param('key') key: string, @Body() body: unknown) {
    const somebody = await this.door.who(request);
    return this.roles.change(key, parse(roleToChange, body, { instructions: A_ROLE.instructions }), somebody);
  }

  @Get('settings/roles')
  async page(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.show(request, response, null);
  }

  @Post('settings/roles')
  addHere(@Req() request: Request, @Res() response: Response, @Body() body: unknown): Promise<void> {
    return this.done(request, response, this.add(request, body));
  }

  @Post('settings/roles/:key')
  changeHere(@Req() request: Request, @Res() response: Response, @Param('key') key: string, @Body() body: unknown): Promise<void> {
    const { retired, ...words } = body as Record<string, unknown>;
    return this.done(request, response, this.change(request, key, { ...words, retired: retired === 'on' }));
  }

  private done(request: Request, response: Response, change: Promise<unknown>): Promise<void> {
    return afterForm(request, response, change, { back: '/settings/roles', again: (refused) => this.show(request, response, refused) });
  }

  private async show(request: Request, response: Response, refused: RefusedForm | null): Promise<void> {
    mustBeAllowed(await this.door.who(request), 'settings.change');
    await this.pages.send(request, response, rolesPage(await this.roles.list(), refused), refused?.status);
  }
}
