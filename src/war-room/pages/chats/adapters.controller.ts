import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { chatHealth } from '#src/outage/outage.queries';
import { mustBeAllowed } from '#src/people/permissions.types';
import { Chats } from '#src/platform/chats/chats';
import type { Config } from '#src/platform/config/config.schema';
import { Database } from '#src/platform/database/database';
import { BadRequest } from '#src/platform/http/problems';
import { Pages } from '#src/platform/http/pages/pages';
import { CONFIG } from '#src/platform/platform.tokens';
import { Guests } from '../guests.ts';
import { adaptersPage, setupPage } from './adapters.page.ts';
import { Setups } from './setups.ts';

/** How each chat is, and how to connect one. */
@Controller('adapters')
export class AdaptersController {
  private readonly publicUrl: string;

  constructor(
    private readonly guests: Guests,
    private readonly chats: Chats,
    private readonly database: Database,
    private readonly setups: Setups,
    private readonly pages: Pages,
    @Inject(CONFIG) { PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>,
  ) {
    this.publicUrl = PUBLIC_URL;
  }

  @Get()
  async list(@Req() request: Request, @Res() response: Response): Promise<void> {
    const viewer = await this.guests.letIn(request, response);
    if (!viewer) return;
    // A pretend chat belongs to somebody's practice, and who only practises is shown no real one.
    const shown = (await chatHealth(this.database, this.chats)).filter(({ pretend }) => !pretend && viewer.role !== 'guest');
    const unusable = new Set(this.chats.problems().flatMap(({ id, hasSetup }) => (hasSetup ? [] : [id])));
    const ofMuster = this.chats.platforms().map(({ plugin }) => ({ id: plugin.id, name: plugin.name }));
    const known = [...shown.filter(({ id }) => !unusable.has(id)), ...ofMuster.filter(({ id }) => shown.every((chat) => chat.id !== id))];
    await this.pages.send(request, response, adaptersPage(shown, known, viewer.role === 'admin'));
  }

  @Get(':chat/setup')
  async setup(@Req() request: Request, @Res() response: Response, @Param('chat') id: string): Promise<void> {
    if (!(await this.admin(request, response))) return;
    await this.pages.send(request, response, setupPage(await this.setups.of(id, request.query), this.publicUrl));
  }

  @Get(':chat/setup/:file')
  async artefact(
    @Req() request: Request,
    @Res() response: Response,
    @Param('chat') id: string,
    @Param('file') file: string,
  ): Promise<void> {
    if (!(await this.admin(request, response))) return;
    const made = await this.setups.artefact(id, file, request.query);
    if (!made) throw new BadRequest('The setup gives no such file. Open the setup page and follow its links.', 404);
    response.setHeader('Cache-Control', 'no-store').attachment(file).type(made.mime).send(Buffer.from(made.bytes));
  }

  private async admin(request: Request, response: Response): Promise<boolean> {
    const viewer = await this.guests.letIn(request, response);
    if (viewer) mustBeAllowed(viewer, 'chat.connect');
    return viewer !== null;
  }
}
