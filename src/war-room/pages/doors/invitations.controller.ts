import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { invitation } from '#libs/war-room-protocol/organisation';
import { mustBeAllowed } from '#src/people/permissions.types';
import { Door } from '#src/people/door.service';
import { Described } from '#src/platform/http/openapi/described';
import { Pages } from '#src/platform/http/pages/pages';
import { cameBy } from '#src/platform/http/came-by';
import type { Reachable } from '#src/platform/config/addresses-of';
import { CONFIG } from '#src/platform/platform.tokens';
import { Invitations } from './invitations.ts';
import { invitationPage } from './invitation.page.ts';

/** Somebody inside lets somebody in. */
@Controller()
export class InvitationsController {
  constructor(
    private readonly door: Door,
    private readonly invitations: Invitations,
    private readonly pages: Pages,
    @Inject(CONFIG) private readonly config: Reachable,
  ) {}

  @Post('invitations')
  async page(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.pages.send(request, response, invitationPage(await this.invite(request)));
  }

  @Post('api/v1/invitations')
  @HttpCode(201)
  @Described({ says: 'A link that lets one person in, once, for a day', answer: invitation })
  api(@Req() request: Request) {
    return this.invite(request);
  }

  private async invite(request: Request) {
    mustBeAllowed(await this.door.who(request), 'person.invite');
    return this.invitations.make(cameBy(request, this.config));
  }
}
