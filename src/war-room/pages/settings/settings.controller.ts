import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Pages } from '#src/platform/http/pages/pages';
import { Guests } from '../guests.ts';
import { settingsPage } from './settings.page.ts';

/** Where all that can be set is found from. */
@Controller('settings')
export class SettingsController {
  constructor(
    private readonly guests: Guests,
    private readonly pages: Pages,
  ) {}

  @Get()
  async list(@Req() request: Request, @Res() response: Response): Promise<void> {
    const viewer = await this.guests.letIn(request, response);
    if (viewer) await this.pages.send(request, response, settingsPage(viewer, 'plain' in request.query ? '/lite' : '/'));
  }
}
