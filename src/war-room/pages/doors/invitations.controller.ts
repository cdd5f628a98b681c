import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { NotAllowed } from '#src/people/people.errors';
import { Door } from '#src/people/door.service';
import { Pages } from '#src/platform/http/pages/pages';
import { Invitations } from './invitations.ts';
import { invitationPage } from './invitation.page.ts';

/** Somebody inside lets somebody in. */
@Controller()
export class InvitationsController {
  constructor(
    private readonly door: Door,
    private readonly invitations: Invitations,
    private readonly pages: Pages,
  ) {}

  @Post('invitations')
  async page(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.pages.send(request, response, invitationPage(await this.invite(request)));
  }

  @Post('api/v1/invitations')
  @HttpCode(201)
  api(@Req() request: Request) {
    return this.invite(request);
  }

  private async invite(request: Request) {
    const { role } = await this.door.who(request);
    if (role === 'guest') throw new NotAllowed('invite anybody while you only practise. Sign in first');
    return this.invitations.make();
  }
}
